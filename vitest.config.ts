import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { CHROMIUM } from './e2e/support/chromium.ts'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.{ts,tsx}', '{lint,scripts}/**/*.test.{ts,mjs}'],
          exclude: ['**/*.page.test.tsx'],
          // A limit is for what hangs: onnxruntime's threads and the renderer share few cores.
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Files share their processes, which saves a third of the time: undo what you change in globals.
          isolate: false,
          maxWorkers: availableParallelism(),
          // Vite's module runner looks up every import at each use, which doubles the time of loops that
          // render, play and train. Without it there is no `vi.mock` and no import of other than code.
          execArgv: ['--import', 'tsx'],
          experimental: { viteModuleRunner: false, nodeLoader: false },
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'pages',
          include: ['src/app/**/*.page.test.tsx'],
          setupFiles: ['src/app/testing/setup.ts'],
          // Limits are for what hangs, as in playwright.config.ts.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          maxWorkers: availableParallelism(),
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions: CHROMIUM }),
            instances: [{ browser: 'chromium' }],
            screenshotFailures: false,
          },
          expect: { poll: { timeout: 240_000 } },
        },
      },
    ],
  },
})
