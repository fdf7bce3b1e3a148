/** Error that the user can fix: printed as one sentence, with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Interruption by the user: printed as one sentence that says how to continue, with exit code 130. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError'
}

/** Returns the message of a thrown value on one line. */
export function oneSentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/\s+/g, ' ').trim()
}
