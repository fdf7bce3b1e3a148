import { z } from 'zod'
import { JUMPPAD_NAME } from '../island/index.ts'

/** Schema of an ending: the name of a jumppad, or 'none'. */
export const endingSchema = z
  .string()
  .regex(JUMPPAD_NAME, 'expected up to four words of lower-case letters')
  .max(32)

/** Names with another meaning: of no jumppad, of all jumppads, and of what every object has. */
const RESERVED = ['none', 'any', 'constructor']

/** Schema of an outcome: the name of a jumppad. */
export const outcomeSchema = endingSchema.refine((name) => !RESERVED.includes(name), {
  error: ({ input }) => `found ${String(input)}, which is reserved; expected another name`,
})
