/**
 * Errors between a model file and an acting agent. Messages say what was found, what was expected and
 * what to do. An error keeps its `name` on the way out of a worker, but not its class.
 */

/** Error about a model that is missing, damaged or made for another world version. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
}

/** Error about a device that is missing, cannot run the model, or was lost. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError'
}

export type ProblemKind = 'model' | 'device' | 'other'

/** Returns the kind of an error that came out of a worker. */
export function problemKind(error: unknown): ProblemKind {
  const name = error instanceof Error ? error.name : ''
  if (name === 'ModelError') return 'model'
  if (name === 'DeviceError') return 'device'
  return 'other'
}

/** Returns the message of anything that was thrown, punctuated as a sentence. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return /[.!?…]$/.test(text) ? text : `${text}.`
}
