/** Invitations of labellers, as text that fits into a link. */
import { z } from 'zod'
import { sha256Schema } from '../alignment/sha256-schema.ts'
import { studySchema } from '../study/study.ts'
import { packText, type Unpacked, unpackText } from './packed-text.ts'

export const INVITATION_VERSION = 1

/** Parameter of the address that holds an invitation. */
export const INVITATION_PARAMETER = 'invitation'

/** Schema of a key with what the study's account has signed for it. */
export const credentialsSchema = z.strictObject({
  /** User JWT that the study's account has signed; it says what its owner may publish and read. */
  jwt: z.string().max(4000),
  /** Seed of the user's key. */
  seed: z.string().regex(/^SU[A-Z2-7]{56}$/, 'expected the seed of a user key'),
})

export const invitationSchema = z.strictObject({
  version: z.literal(INVITATION_VERSION),
  study: z.strictObject({ id: z.uuid(), digest: sha256Schema }),
  /** Number of the labeller, 1 for the first. */
  labeller: z.int().positive().max(1_000_000),
  /** Place in the study's design. */
  slot: z.int().positive().max(1_000_000),
  /** Where labels are sent; absent where they are handed in as files. */
  collector: z
    .strictObject({
      /** Address of the WebSocket: absolute, or relative to the page. */
      url: z.string().max(500),
      ...credentialsSchema.shape,
    })
    .optional(),
  /** Where the study file is, relative to the page or absolute; absent where `inline` holds it. */
  from: z.string().max(500).optional(),
  /** The study itself, for invitations without a server. */
  inline: studySchema.optional(),
})

export type Invitation = Readonly<z.infer<typeof invitationSchema>>

/** Error of an invitation that cannot be used; its message is one sentence for the labeller. */
export class InvitationError extends Error {
  override readonly name = 'InvitationError'
}

/** Returns an invitation as text that can be part of a link. */
export function encodeInvitation(invitation: Invitation): string {
  return packText(INVITATION_VERSION, invitation)
}

const COPY =
  'Copy the whole link from your message into the address bar, or ask the researcher for it again.'
const ASK = 'Ask the researcher for a new link.'

/** Decodes an invitation. Throws an InvitationError that says what is wrong and what to do. */
export function decodeInvitation(text: string): Invitation {
  const unpacked = unpackText(INVITATION_VERSION, text)
  if (unpacked.kind !== 'value') throw new InvitationError(problemWith(unpacked))
  const read = invitationSchema.safeParse(unpacked.value)
  if (read.success) return read.data
  throw new InvitationError(`This invitation cannot be read by this release of Jumppad. ${ASK}`)
}

function problemWith(unpacked: Exclude<Unpacked, { kind: 'value' }>): string {
  switch (unpacked.kind) {
    case 'too long':
      return `This invitation is too long to be one. ${ASK}`
    case 'cut off early':
      return `This invitation is incomplete: the link was cut off near its beginning. ${COPY}`
    case 'something else':
      return `This is not an invitation to a Jumppad study. ${COPY}`
    case 'newer':
      return 'This invitation was made by a newer release of Jumppad. Reload this page to update it, and open the link again.'
    case 'cut off':
      return `This invitation is incomplete: ${unpacked.found} of its ${unpacked.expected} characters arrived, as when a mail program breaks a long link. ${COPY}`
    case 'changed':
      return `This invitation was changed in transit. ${COPY}`
  }
}
