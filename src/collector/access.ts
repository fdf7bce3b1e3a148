/** Access of a study's researcher to its collector, as text that fits into a link. */
import { z } from 'zod'
import { sha256Schema } from '../alignment/sha256-schema.ts'
import { credentialsSchema } from './invitation.ts'
import { packText, type Unpacked, unpackText } from './packed-text.ts'

const ACCESS_VERSION = 1

/** Parameter of the address that holds an access. */
export const ACCESS_PARAMETER = 'access'

const accessSchema = z.strictObject({
  version: z.literal(ACCESS_VERSION),
  study: z.strictObject({ id: z.uuid(), digest: sha256Schema }),
  /** Where the study file is, relative to the page or absolute. */
  from: z.string().min(1).max(500),
  /** Address of the collector's WebSocket: absolute, or relative to the page. */
  url: z.string().max(500),
  ...credentialsSchema.shape,
})

export type Access = Readonly<z.infer<typeof accessSchema>>

/** Error of a researcher's link that cannot be used; its message is one sentence. */
export class AccessError extends Error {
  override readonly name = 'AccessError'
}

/** Returns the researcher's access as text that can be part of a link. */
export function encodeAccess(access: Access): string {
  return packText(ACCESS_VERSION, access)
}

/** Decodes a researcher's access. Throws an AccessError that says what is wrong and what to do. */
export function decodeAccess(text: string): Access {
  const unpacked = unpackText(ACCESS_VERSION, text)
  if (unpacked.kind !== 'value') throw new AccessError(problemWith(unpacked))
  const read = accessSchema.safeParse(unpacked.value)
  if (read.success) return read.data
  throw new AccessError(
    'The researcher’s link cannot be read by this release of Jumppad: make a new one with “npm run lab -- study renew”.',
  )
}

const COPY = 'copy the whole link from the terminal, or make a new one with “study renew”'

function problemWith(unpacked: Exclude<Unpacked, { kind: 'value' }>): string {
  switch (unpacked.kind) {
    case 'too long':
    case 'something else':
      return `This is not a researcher’s link of a Jumppad study: ${COPY}.`
    case 'cut off early':
      return `The researcher’s link was cut off near its beginning: ${COPY}.`
    case 'newer':
      return 'The researcher’s link was made by a newer release of Jumppad: reload this page to update it, and open the link again.'
    case 'cut off':
      return `The researcher’s link is incomplete, as ${unpacked.found} of its ${unpacked.expected} characters arrived: ${COPY}.`
    case 'changed':
      return `The researcher’s link was changed in transit: ${COPY}.`
  }
}
