import type { z } from 'zod'

/** Returns where data first departs from its schema, and how: a path, and a message in brackets. */
export function placeOfProblem({ issues: [issue] }: z.ZodError): string {
  const where = issue === undefined || issue.path.length === 0 ? 'the top' : issue.path.join('.')
  return `${where} (${issue?.message ?? 'unknown problem'})`
}
