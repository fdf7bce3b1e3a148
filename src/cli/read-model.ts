import { type ImportedModel, importModel } from '../network/index.ts'
import { oneSentence, UsageError } from './errors.ts'
import { readModelFile } from './evaluate.ts'
import { sha256 } from './write-model.ts'

/** Kinds of models, each with its name and an example of its files. */
const KINDS = {
  policy: { name: 'a policy', example: 'models/fine-tuned.onnx' },
  reward: { name: 'a reward model', example: 'models/reward-left.onnx' },
} as const

/** Model of a file, with the file's SHA-256 digest. */
export interface ReadModel extends ImportedModel {
  readonly bytes: Uint8Array
  readonly digest: string
}

/** Reads a model. Throws a `UsageError` if the file is missing, unreadable or of the other kind. */
export async function readModel(path: string, kind: keyof typeof KINDS): Promise<ReadModel> {
  const bytes = await readModelFile(path)
  const model = importedFrom(path, bytes)
  const { head } = model.layout
  if (head === kind) return { ...model, bytes, digest: sha256(bytes) }
  throw new UsageError(
    `${path}: found ${KINDS[head].name}, expected ${KINDS[kind].name}: choose one such as ${KINDS[kind].example}`,
  )
}

function importedFrom(path: string, bytes: Uint8Array): ImportedModel {
  try {
    return importModel(bytes)
  } catch (error) {
    throw new UsageError(`${path}: ${oneSentence(error)}`)
  }
}
