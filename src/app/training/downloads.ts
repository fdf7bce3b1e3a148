/** Downloads of a run: its models, its last checkpoint, and its record with the training data. */

import { parameterFiles } from '../../procedure/training/index.ts'
import { plainRunData, type Run, readRun, readRunData, runStore } from '../../storage/index.ts'
import { readModelBytes } from '../../storage/model-shelf.ts'
import { labDatabase } from '../data/database.ts'
import { isOver } from './words.ts'

export interface Download {
  readonly name: string
  readonly blob: Blob
}

/** Resolves to a trained model as ONNX. Rejects with a sentence if it is not stored. */
export async function downloadModel(run: Run, head: 'policy' | 'reward'): Promise<Download> {
  const digest = run.result?.[head]
  const bytes = digest && (await readModelBytes(await labDatabase(), digest))
  if (!bytes) {
    throw new Error(
      'This model is no longer saved in this browser: repeat the run to get it again.',
    )
  }
  const suffix = head === 'reward' ? ' reward' : ''
  return { name: `${fileName(run)}${suffix}.onnx`, blob: blobOf(bytes, 'application/octet-stream') }
}

/** Resolves to the final parameters, or else the last checkpoint. Rejects with a sentence without any. */
export async function downloadCheckpoint(run: Run): Promise<Download> {
  const store = runStore(await labDatabase(), run.id)
  for (const file of parameterFiles(run.plan)) {
    const bytes = await store.read(file)
    if (bytes === undefined) continue
    const name = `${fileName(run)} ${file}`
    return { name, blob: blobOf(bytes, 'application/octet-stream') }
  }
  throw new Error(
    isOver(run.state)
      ? 'The parameters of this run were not saved: repeat the run to get them.'
      : 'This run has no checkpoint yet: wait until it has trained for a while.',
  )
}

/** Resolves to a JSON file of the record, its curves, and the clips and comparisons that it learns from. */
export async function downloadRun(id: string): Promise<Download> {
  const database = await labDatabase()
  const run = await readRun(database, id)
  if (run === undefined) throw new Error('This run is no longer saved in this browser.')
  const data = await readRunData(database, id)
  const text = JSON.stringify({ run, ...(data && { data: plainRunData(data) }) }, null, 1)
  return { name: `${fileName(run)}.json`, blob: new Blob([text], { type: 'application/json' }) }
}

function blobOf(bytes: Uint8Array, type: string): Blob {
  return new Blob([new Uint8Array(bytes)], { type })
}

/** Returns the run's name without characters that file systems reject, at most 80 characters long. */
export function fileName({ name }: Run): string {
  return (
    name
      .replace(/[^\p{L}\p{N} ,.()-]/gu, '')
      .trim()
      .slice(0, 80) || 'training'
  )
}
