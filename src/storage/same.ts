import type { z } from 'zod'

/** Returns whether two records are deeply equal, regardless of field order. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

/** Returns a value as JSON whose fields are in a fixed order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) => {
    if (ArrayBuffer.isView(field)) return { bytes: String(field) }
    if (typeof field !== 'object' || field === null || Array.isArray(field)) return field
    return Object.fromEntries(Object.entries(field).sort(([x], [y]) => (x < y ? -1 : 1)))
  })
}

/** Formats the first validation error of a record, with the path of the field. */
export function firstProblem(error: z.ZodError): string {
  const issue = error.issues[0]
  const where = issue === undefined || issue.path.length === 0 ? '' : `at ${issue.path.join('.')}: `
  return `${where}${issue?.message ?? 'unknown problem'}`
}
