/** Texts of JSON, and the colon behind those that name a field. */
const TEXTS = /"(?:[^"\\]|\\.)*"(\s*:)?/g

/**
 * Returns the value of a JSON text; undefined where it is none, and where a part of it would be lost
 * without a word: of two fields with one name, and of fields named `__proto__`.
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

/** Number of fields of an object and of all within it; throws where one is named `__proto__`. */
function fieldsIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const own = Array.isArray(value) ? 0 : Object.keys(value).length
  if (Object.hasOwn(value, '__proto__')) throw new SyntaxError('found a field named __proto__')
  return Object.values(value).reduce((sum: number, each) => sum + fieldsIn(each), own)
}
