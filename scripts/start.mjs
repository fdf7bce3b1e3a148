// `npm start`: builds the lab if needed and serves it as a static host would.
// Options: --port 4173, --host (reachable from other machines in the network).

import { parseArgs } from 'node:util'
import { buildIfNeeded } from './build.mjs'
import { checkNode, ensurePackages, root, runScript, SetupError } from './setup.mjs'

function readOptions() {
  const values = parsedOptions()
  const port = Number(values.port ?? 4173)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new SetupError(`--port ${values.port}: expected a number from 1 to 65535.`)
  }
  return { port, host: values.host }
}

function parsedOptions() {
  const options = { port: { type: 'string' }, host: { type: 'boolean', default: false } }
  try {
    return parseArgs({ options }).values
  } catch (error) {
    const [sentence = ''] = error.message.split('. ')
    throw new SetupError(
      `${sentence}. npm start takes --port 4173, and --host for other machines in the network, as in: npm start -- --port 8080`,
    )
  }
}

/**
 * Starts the server on exactly this port: browsers store labels by origin, so another port would
 * not have them.
 */
async function serve(vite, options) {
  try {
    return await vite.preview({ root, preview: { ...options, strictPort: true } })
  } catch (error) {
    if (!/already in use/.test(error.message)) throw error
    throw new SetupError(
      `Port ${options.port} is in use, perhaps by a running Jumppad: check http://localhost:${options.port}. The browser stores labels, models and trainings per address, port included, so no other port was tried. Stop the program that uses the port, or choose another one: npm start -- --port ${options.port + 1}`,
    )
  }
}

await runScript(async () => {
  const options = readOptions()
  checkNode()
  ensurePackages()
  const vite = await import('vite')
  await buildIfNeeded(vite, console.log)
  const server = await serve(vite, options)
  console.log('\nJumppad is ready; open it in Chrome, Edge, Firefox or Safari (Ctrl+C ends it):')
  server.printUrls()
})
