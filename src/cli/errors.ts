/** Error that the user can fix: printed as one sentence, with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Returns the message of a thrown value on one line. */
export function oneSentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replace(/\s+/g, ' ').trim()
}
