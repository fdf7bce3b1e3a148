// The build of the lab, made again when a source is newer.

import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './setup.mjs'

const SOURCES = [
  'src',
  'public',
  'models',
  'scripts/vite',
  'index.html',
  'vite.config.ts',
  'package-lock.json',
]

/** Builds the lab unless the present build is newer than its sources; `say` announces that. */
export async function buildIfNeeded(vite, say) {
  if (buildIsFresh()) return
  say('Building the lab …')
  await vite.build({ root, logLevel: 'warn' })
}

/** Returns the modification time of the newest file in `path`, in milliseconds; 0 if there is none. */
function newest(path) {
  if (!existsSync(path)) return 0
  const entry = statSync(path)
  if (!entry.isDirectory()) return entry.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

function buildIsFresh() {
  const built = newest(join(root, 'dist', 'index.html'))
  return built > 0 && SOURCES.every((source) => newest(join(root, source)) <= built)
}
