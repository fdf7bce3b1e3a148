/** Matches JSON strings, with the colon that follows if they are field names. */
const TEXTS = /"(?:[^"\\]|\\.)*"(\s*:)?/g

/**
 * Parses JSON text. Returns undefined if it is invalid, or if parsing would silently lose data: one
 * of two fields with the same name, or a field named `__proto__`.
 */
export function parseStrictly(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    let named = 0
    for (const [, colon] of text.matchAll(TEXTS)) if (colon !== undefined) named++
    return fieldsIn(value) === named ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * Counts the fields of a value and of all values nested in it. Throws a SyntaxError if one is named
 * `__proto__`.
 */
function fieldsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const own = Array.isArray(value) ? 0 : Object.keys(value).length
  if (Object.hasOwn(value, '__proto__')) throw new SyntaxError('found a field named __proto__')
  return Object.values(value).reduce((sum: number, each) => sum + fieldsIn(each), own)
}
