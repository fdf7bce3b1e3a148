/** Files that were dropped in or opened: read, put on this browser's shelf, and offered to be watched. */
import { ModelError, messageOf } from '../../lab/errors.ts'
import type { ShelfEntry } from '../../lab/model-shelf.ts'
import { useWatch } from '../stores/watch.ts'
import { labDatabase } from './database.ts'

/** Files that could not be kept and last as long as the page. */
const held = new Map<string, Uint8Array>()

/** Reads what is on the shelf. A browser that keeps nothing has an empty one. */
export async function loadShelf(): Promise<void> {
  const kept = await readShelf().catch(() => [])
  const passing = useWatch.getState().shelf.filter(({ sha256 }) => held.has(sha256))
  useWatch.setState({ shelf: [...passing, ...kept] })
}

async function readShelf(): Promise<readonly ShelfEntry[]> {
  const { listModels } = await import('../../lab/model-shelf.ts')
  return listModels(await labDatabase())
}

/**
 * Puts a file on the shelf. Throws `ModelError` with a sentence where it is no model for this lab; one
 * that cannot be kept can be used all the same, and a notice says so.
 */
export async function shelve(file: File): Promise<ShelfEntry> {
  const { describeModel, addModel } = await import('../../lab/model-shelf.ts')
  const bytes = new Uint8Array(await file.arrayBuffer())
  const entry = await describeModel(bytes, file.name, new Date())
  try {
    await addModel(await labDatabase(), entry, bytes)
    await loadShelf()
  } catch (error) {
    held.set(entry.sha256, bytes)
    useWatch.setState(({ shelf }) => ({
      shelf: [entry, ...shelf.filter(({ sha256 }) => sha256 !== entry.sha256)],
      notice: `The model can be used until this page is closed, but was not kept. ${messageOf(error)}`,
    }))
  }
  return entry
}

export async function unshelve({ sha256 }: ShelfEntry): Promise<void> {
  const { removeModel } = await import('../../lab/model-shelf.ts')
  try {
    await removeModel(await labDatabase(), sha256)
    held.delete(sha256)
    await loadShelf()
  } catch (error) {
    useWatch.setState({ notice: `The model was not removed. ${messageOf(error)}` })
  }
}

/** The file of an entry. Throws `ModelError` where another tab has removed it. */
export async function keptBytes({ sha256, name }: ShelfEntry): Promise<Uint8Array> {
  const { readModelBytes } = await import('../../lab/model-shelf.ts')
  const bytes = held.get(sha256) ?? (await readModelBytes(await labDatabase(), sha256))
  if (bytes) return bytes
  throw new ModelError(`“${name}” is no longer kept in this browser: drop the file in again.`)
}
