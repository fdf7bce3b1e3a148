import { z } from 'zod'

/** Schema of an ending: the name of a jumppad, or 'none'. */
export const endingSchema = z
  .string()
  .regex(/^[a-z]+(?: [a-z]+){0,3}$/, 'expected up to four words of small letters')
  .max(32)

/** Schema of an outcome: the name of a jumppad. */
export const outcomeSchema = endingSchema.refine((name) => name !== 'none', {
  message: 'found none, expected the name of a jumppad',
})
