import { join } from 'node:path'
import { defineConfig } from 'vite'
import { ISOLATION_HEADERS } from '../../../src/service-worker/headers.ts'

/** Page on which both trainers run; built and served like the lab, but separately. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  appType: 'mpa',
  logLevel: 'warn',
  worker: { format: 'es' },
  preview: { headers: ISOLATION_HEADERS },
  build: {
    target: 'es2023',
    outDir: join(import.meta.dirname, '../../../.cache/bench-training'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1_500,
  },
})
