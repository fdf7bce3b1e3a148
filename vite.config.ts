import { cp } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { contentSecurityPolicy } from './scripts/vite/content-security-policy.ts'
import { serviceWorker } from './scripts/vite/service-worker.ts'
import { ISOLATION_HEADERS, PAGE_HEADERS } from './src/service-worker/headers.ts'

/** Puts `models/` beside the page; in development Vite serves it from the root by itself. */
function copyModels(): Plugin {
  let target = ''
  return {
    name: 'copy-models',
    apply: 'build',
    configResolved: (config) => {
      target = resolve(config.root, config.build.outDir, 'models')
    },
    closeBundle: () => cp(join(import.meta.dirname, 'models'), target, { recursive: true }),
  }
}

/** How long plugins took means nothing to whoever starts the lab. */
const QUIET = { bundlerTimings: false }

export default defineConfig({
  // Relative, so that the build runs under any sub-path of any static host.
  base: './',
  // Routes live behind the hash: a path that is not there should say 404, not give the page.
  appType: 'mpa',
  plugins: [react(), contentSecurityPolicy(), copyModels(), serviceWorker()],
  worker: { format: 'es', rolldownOptions: { checks: QUIET } },
  // Pre-bundling would part onnxruntime from the wasm file beside it.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  server: { headers: ISOLATION_HEADERS },
  preview: { headers: PAGE_HEADERS },
  build: {
    target: 'es2023',
    // Only onnxruntime and Three.js are large, and both are loaded after the first movement.
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: { checks: QUIET },
  },
})
