import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}', '{lint,scripts}/**/*.test.{ts,mjs}'],
    // onnxruntime's threads and the renderer keep both cores busy: a slow machine is not a failure.
    testTimeout: 20_000,
  },
})
