// `npm run dev`: runs the lab with hot reloading. Options are passed to Vite.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { checkNode, ensurePackages, root, runScript } from './setup.mjs'

await runScript(() => {
  checkNode()
  ensurePackages()
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  spawn(process.execPath, [vite, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' }).on(
    'exit',
    (code) => {
      process.exitCode = code ?? 1
    },
  )
})
