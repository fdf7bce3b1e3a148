/** Model files that visitors give: validated, kept in this browser, and listed in the catalogue. */

import { ModelError } from '../../lab/worker/errors.ts'
import { stageName } from '../../procedure/model-stages.ts'
import type { ShelfEntry } from '../../storage/model-shelf.ts'
import { problemOf } from '../sentences.ts'
import { shelfName, useCatalogue } from './catalogue.ts'
import { labDatabase } from './database.ts'

/** Bytes of files that could not be kept, by digest: usable until the page is closed. */
const held = new Map<string, Uint8Array>()

/** Reads the models that this browser keeps; none where the database cannot be read. */
export async function loadShelf(): Promise<void> {
  const kept = await readShelf().catch(() => [])
  const passing = shelfNow().filter(({ sha256 }) => held.has(sha256))
  useCatalogue.setState({ shelf: [...passing, ...kept] })
}

function shelfNow(): readonly ShelfEntry[] {
  return useCatalogue.getState().shelf ?? []
}

async function readShelf(): Promise<readonly ShelfEntry[]> {
  const { listModels } = await import('../../storage/index.ts')
  return listModels(await labDatabase())
}

/** Model file that was added to the shelf. */
export interface Shelved {
  /** Name of the model in addresses. */
  readonly name: string
  readonly kind: ShelfEntry['kind']
  /** File name, kind and stage, such as `“mine.onnx” (policy, Base)`. */
  readonly title: string
  /** Why the file will be gone when the page is closed, as a sentence; undefined where it is kept. */
  readonly notKept: string | undefined
}

/**
 * Adds a file to the shelf. A file that cannot be stored is usable until the page is closed. Rejects
 * with a sentence that names the file where it is not a model for this lab.
 */
export async function shelve(file: File): Promise<Shelved> {
  try {
    const { describeModel } = await import('../../lab/models/describe-model.ts')
    const bytes = new Uint8Array(await file.arrayBuffer())
    const entry = await describeModel(bytes, file.name, new Date())
    const kind = entry.kind === 'policy' ? 'policy' : 'reward model'
    return {
      name: shelfName(entry.sha256),
      kind: entry.kind,
      title: `“${entry.name}” (${kind}, ${stageName(entry.card.stage)})`,
      notKept: await store(entry, bytes),
    }
  } catch (error) {
    throw new ModelError(`“${file.name}” cannot be used. ${problemOf(error)}`)
  }
}

/** Stores a file, or holds it in memory and returns why it could not be stored. */
async function store(entry: ShelfEntry, bytes: Uint8Array): Promise<string | undefined> {
  const { addModel } = await import('../../storage/index.ts')
  try {
    await addModel(await labDatabase(), entry, bytes)
    await loadShelf()
    return undefined
  } catch (error) {
    held.set(entry.sha256, bytes)
    const others = shelfNow().filter(({ sha256 }) => sha256 !== entry.sha256)
    useCatalogue.setState({ shelf: [entry, ...others] })
    return `“${entry.name}” can be used until this page is closed, but was not saved. ${problemOf(error)}`
  }
}

/** Removes a model from the shelf. Rejects with a sentence where the browser refuses. */
export async function unshelve({ sha256 }: ShelfEntry): Promise<void> {
  const { removeModel } = await import('../../storage/index.ts')
  try {
    await removeModel(await labDatabase(), sha256)
    held.delete(sha256)
    await loadShelf()
  } catch (error) {
    throw new Error(`The model could not be removed. ${problemOf(error)}`)
  }
}

/** Returns the bytes of a kept model. Rejects with `ModelError` where another tab has removed it. */
export async function keptBytes({
  sha256,
  name,
}: Pick<ShelfEntry, 'sha256' | 'name'>): Promise<Uint8Array> {
  const { readModelBytes } = await import('../../storage/index.ts')
  const bytes = held.get(sha256) ?? (await readModelBytes(await labDatabase(), sha256))
  if (bytes) return bytes
  throw new ModelError(`“${name}” is no longer saved in this browser: add the file again.`)
}
