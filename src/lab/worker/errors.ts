/**
 * What can go wrong between a model file and an agent that acts. Messages say what was found,
 * what was expected and what to do; `name` survives the way out of a worker, classes do not.
 */

/** A model that is missing, damaged or made for another world. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
}

/** A device that is not there, cannot run the model, or was lost. */
export class DeviceError extends Error {
  override readonly name = 'DeviceError'
}

export type ProblemKind = 'model' | 'device' | 'other'

/** Sorts an error that came out of a worker. */
export function problemKind(error: unknown): ProblemKind {
  const name = error instanceof Error ? error.name : ''
  if (name === 'ModelError') return 'model'
  if (name === 'DeviceError') return 'device'
  return 'other'
}

/** A sentence from whatever was thrown, ending like one. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return /[.!?…]$/.test(text) ? text : `${text}.`
}
