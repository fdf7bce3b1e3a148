import { mkdir, readdir, rename, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isMissing } from '../folder-store.ts'
import { isAlive } from '../lock.ts'

/** Most workers of one version on one machine. */
const MOST_FOLDERS = 1024

/**
 * Returns a subfolder of `parent` that belongs to one process of this machine alone, preferably one
 * that a process left which has ended, so that what that one has cached is used.
 *
 * The owner of `worker-0` is named by a file `worker-0.<host>-<process>.owner`. Whoever takes over
 * the folder renames that file, which succeeds for one process only.
 */
export async function ownFolder(parent: string, pid: number = process.pid): Promise<string> {
  await mkdir(parent, { recursive: true })
  for (const file of (await readdir(parent)).sort()) {
    const folder = leftFolder(file, pid)
    if (folder === undefined) continue
    if (await isRenamed(join(parent, file), join(parent, ownerFile(folder, pid)))) {
      return join(parent, folder)
    }
  }
  return newFolder(parent, pid)
}

async function newFolder(parent: string, pid: number): Promise<string> {
  for (let index = 0; index < MOST_FOLDERS; index++) {
    const folder = `worker-${index}`
    try {
      await mkdir(join(parent, folder))
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') continue
      throw error
    }
    await writeFile(join(parent, ownerFile(folder, pid)), '')
    return join(parent, folder)
  }
  throw new Error(
    `All ${MOST_FOLDERS} folders of workers in ${parent} are taken: delete it while no worker runs`,
  )
}

function ownerFile(folder: string, pid: number): string {
  return `${folder}.${hostname()}-${pid}.owner`
}

/** Returns the folder that a file assigns to a process of this machine that has ended, if it does. */
function leftFolder(file: string, pid: number): string | undefined {
  const [, folder, host, owner] = /^(worker-\d+)\.(.+)-(\d+)\.owner$/.exec(file) ?? []
  if (folder === undefined || host !== hostname()) return undefined
  // The same number: a process before, as each takes one folder.
  return Number(owner) === pid || !isAlive(Number(owner)) ? folder : undefined
}

async function isRenamed(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
