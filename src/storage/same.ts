import type { z } from 'zod'

/** Whether two records say the same, whatever the order of their fields. */
export function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, field: unknown) => {
    if (ArrayBuffer.isView(field)) return { bytes: String(field) }
    if (typeof field !== 'object' || field === null || Array.isArray(field)) return field
    return Object.fromEntries(Object.entries(field).sort(([x], [y]) => (x < y ? -1 : 1)))
  })
}

/** The first thing that is wrong with a record, and with which field. */
export function firstProblem(error: z.ZodError): string {
  const issue = error.issues[0]
  const where = issue === undefined || issue.path.length === 0 ? '' : `at ${issue.path.join('.')}: `
  return `${where}${issue?.message ?? 'unknown problem'}`
}
