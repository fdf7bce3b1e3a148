import { z } from 'zod'

/** Schema of an ending: the name of a jumppad, or 'none'. */
export const endingSchema = z
  .string()
  .regex(/^[a-z]+(?: [a-z]+){0,3}$/, 'expected up to four words of lower-case letters')
  .max(32)

/** Names with another meaning: of no jumppad, of all jumppads, and of what every object has. */
const RESERVED = ['none', 'any', 'constructor']

/** Schema of an outcome: the name of a jumppad. */
export const outcomeSchema = endingSchema.refine((name) => !RESERVED.includes(name), {
  error: ({ input }) => `found ${String(input)}, which is reserved; expected another name`,
})
