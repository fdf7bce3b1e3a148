import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { ISOLATION_HEADERS } from '../../src/service-worker/headers.ts'

/** Pages used only by tests; built like the lab, but separately. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  appType: 'mpa',
  logLevel: 'warn',
  plugins: [react()],
  worker: { format: 'es' },
  preview: { headers: ISOLATION_HEADERS },
  build: {
    target: 'es2023',
    outDir: join(import.meta.dirname, '../../.cache/e2e-pages'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1_500,
    rolldownOptions: {
      checks: { bundlerTimings: false },
      input: ['runtime.html', 'scene.html', 'training.html'].map((page) =>
        join(import.meta.dirname, page),
      ),
    },
  },
})
