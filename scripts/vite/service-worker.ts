import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { build, type Plugin, type ResolvedConfig } from 'vite'

const SOURCE = 'src/service-worker/service-worker.ts'
const TARGET = 'service-worker.js'

/** Builds the service worker last, with the lists of the app shell's and the runtime's files. */
export function serviceWorker(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved: (resolved) => {
      config = resolved
    },
    writeBundle: {
      order: 'post',
      sequential: true,
      handler: () => buildWorker(config),
    },
  }
}

async function buildWorker({ root, build: { outDir, assetsDir, target } }: ResolvedConfig) {
  const folder = resolve(root, outDir)
  const files = await filesIn(folder)
  const isRuntime = (file: string) => file.endsWith('.wasm')
  const isShell = (file: string) =>
    !isRuntime(file) && !file.startsWith('models/') && !file.endsWith('.map') && file !== TARGET
  const shell = await Promise.all(
    files.filter(isShell).map(async (url) => {
      const digest = createHash('sha256').update(await readFile(join(folder, url)))
      const integrity = `sha256-${digest.digest('base64')}`
      const isNamedByContent = url.startsWith(`${assetsDir}/`)
      return { url, revision: isNamedByContent ? null : integrity, integrity }
    }),
  )
  await build({
    configFile: false,
    root,
    publicDir: false,
    logLevel: 'warn',
    define: {
      SHELL_FILES: JSON.stringify(shell),
      RUNTIME_FILES: JSON.stringify(files.filter(isRuntime)),
      // Workbox logs verbosely in development.
      'process.env.NODE_ENV': '"production"',
    },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: target || 'es2023',
      rolldownOptions: {
        input: join(root, SOURCE),
        // A classic script, because not every browser supports module service workers.
        output: { format: 'iife', entryFileNames: TARGET },
      },
    },
  })
}

/** Returns all files in a folder and its subfolders, sorted, with forward slashes. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
    .sort()
}
