import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Store } from '../procedure/index.ts'

/**
 * Stores each name as a file in a folder. Writes are atomic: after a crash a file is either
 * complete or absent.
 */
export function folderStore(folder: string): Store {
  return {
    async read(name) {
      try {
        return new Uint8Array(await readFile(join(folder, name)))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    async write(name, bytes) {
      await mkdir(folder, { recursive: true })
      const path = join(folder, name)
      await writeFile(`${path}.partial`, bytes)
      await rename(`${path}.partial`, path)
    },
    async remove(name) {
      await rm(join(folder, name), { force: true })
    },
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
