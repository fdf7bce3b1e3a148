import { z } from 'zod'

/** Schema of a SHA-256 digest: 64 hexadecimal digits. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')
