/** Returns a value as JSON that is the same for equal values, whatever the order of their fields. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) =>
    typeof field !== 'object' || field === null || Array.isArray(field)
      ? field
      : Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1))),
  )
}
