import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
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
      await replaceFile(join(folder, name), bytes)
    },
    async remove(name) {
      await rm(join(folder, name), { force: true })
    },
  }
}

/**
 * Replaces a file atomically, and creates its folder: after a crash it is either the old or the new
 * one. Several processes may replace the same file at once; the last one wins.
 */
export async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const partial = `${path}.${process.pid}-${randomUUID().slice(0, 8)}.partial`
  try {
    await writeFile(partial, content)
    await rename(partial, path)
  } catch (error) {
    // Space that a partial file occupies may be what is wanting.
    await rm(partial, { force: true }).catch(() => undefined)
    throw error
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
