import type { Snapshot } from '../alignment/index.ts'
import { decodeTensorFile, encodeTensorFile } from './safetensors.ts'
import type { Store } from './store.ts'

/** Format version, raised whenever a field of a checkpoint is added, removed or changes its meaning. */
const CHECKPOINT_VERSION = '1'

/** State of a training, with the identity of what was being trained. */
export interface Checkpoint {
  /**
   * Identity of the training: stage, recipe, key and data. A checkpoint resumes only the training
   * that wrote it.
   */
  readonly identity: string
  /** Further state of the job, as JSON; empty if it has none. */
  readonly notes: string
  readonly snapshot: Snapshot
}

const TENSORS = ['theta', 'firstMoment', 'secondMoment'] as const

/** Encodes a checkpoint as a safetensors file. */
function encodeCheckpoint({ identity, notes, snapshot }: Checkpoint): Uint8Array {
  return encodeTensorFile({
    metadata: { version: CHECKPOINT_VERSION, identity, notes, step: String(snapshot.step) },
    tensors: new Map(
      TENSORS.map((name) => [name, { shape: [snapshot[name].length], data: snapshot[name] }]),
    ),
  })
}

/**
 * Decodes a checkpoint. Throws an Error with a one-sentence message when the bytes are not a
 * checkpoint of this version.
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { metadata, tensors } = decodeTensorFile(bytes)
  const step = Number(metadata.step)
  if (metadata.version !== CHECKPOINT_VERSION || !Number.isInteger(step) || step < 0) {
    throw new Error(
      `Found a checkpoint of version ${metadata.version ?? 'unknown'} at step ${metadata.step ?? 'unknown'}, expected version ${CHECKPOINT_VERSION}: start the training again`,
    )
  }
  const [theta, firstMoment, secondMoment] = TENSORS.map((name) => {
    const tensor = tensors.get(name)
    if (tensor === undefined)
      throw new Error(`The checkpoint lacks the tensor "${name}": it is damaged`)
    return tensor.data
  })
  if (
    theta === undefined ||
    firstMoment?.length !== theta.length ||
    secondMoment?.length !== theta.length
  ) {
    throw new Error('The checkpoint’s tensors differ in length: it is damaged')
  }
  return {
    identity: metadata.identity ?? '',
    notes: metadata.notes ?? '',
    snapshot: { step, theta, firstMoment, secondMoment },
  }
}

/**
 * Reads the checkpoint under `name`; resolves with undefined when there is none or it is of another
 * identity. Rejects when the bytes are not a checkpoint of this version.
 */
export async function readCheckpoint(
  store: Store,
  name: string,
  identity: string,
): Promise<Checkpoint | undefined> {
  const bytes = await store.read(name)
  if (bytes === undefined) return undefined
  const checkpoint = decodeCheckpoint(bytes)
  return checkpoint.identity === identity ? checkpoint : undefined
}

export function writeCheckpoint(store: Store, name: string, checkpoint: Checkpoint): Promise<void> {
  return store.write(name, encodeCheckpoint(checkpoint))
}
