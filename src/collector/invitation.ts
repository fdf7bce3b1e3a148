/**
 * Invitations of labellers, as text that fits into a link. The text carries its own length and checksum,
 * since mail programs cut links off and people edit them.
 */

import { base64Decode, base64Encode } from '@bufbuild/protobuf/wire'
import { strFromU8, strToU8, unzlibSync, zlibSync } from 'fflate'
import { z } from 'zod'
import { policyDigestSchema } from '../alignment/labels/index.ts'
import { Digest } from '../island/index.ts'
import { studySchema } from '../study/study.ts'

export const INVITATION_VERSION = 1

/** Parameter of the address that holds an invitation. */
export const INVITATION_PARAMETER = 'invitation'

const credentialsSchema = z.strictObject({
  /** User JWT that the study's account has signed; it says what the labeller may publish. */
  jwt: z.string().max(4000),
  /** Seed of the user's key. */
  seed: z.string().regex(/^SU[A-Z2-7]{56}$/, 'expected the seed of a user key'),
})

export const invitationSchema = z.strictObject({
  version: z.literal(INVITATION_VERSION),
  study: z.strictObject({ id: z.uuid(), digest: policyDigestSchema }),
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

/** Maximum length of an invitation's text. */
const LONGEST = 2_000_000
/** Maximum size of what an invitation is unpacked to, in bytes. */
const LARGEST = 8_000_000

/** Returns an invitation as text of letters, digits and `-_.`: version, length, checksum and content. */
export function encodeInvitation(invitation: Invitation): string {
  const content = base64Encode(zlibSync(strToU8(JSON.stringify(invitation)), { level: 9 }), 'url')
  return `${INVITATION_VERSION}.${content.length.toString(36)}.${checksum(content)}.${content}`
}

/** Decodes an invitation. Throws an InvitationError that says what is wrong and what to do. */
export function decodeInvitation(text: string): Invitation {
  const parts = /^(\d+)\.([0-9a-z]+)\.([0-9a-f]{8})\.([\w-]*)$/.exec(text)
  if (text.length > LONGEST)
    throw new InvitationError(`This invitation is too long to be one. ${ASK}`)
  if (!parts) {
    throw new InvitationError(
      text.length < 40
        ? `This invitation is incomplete: the link was cut off near its beginning. ${COPY}`
        : `This is not an invitation to a Jumppad study. ${COPY}`,
    )
  }
  const [, version, length = '', sum, content = ''] = parts
  if (Number(version) > INVITATION_VERSION) {
    throw new InvitationError(
      'This invitation was made by a newer release of Jumppad. Reload this page to update it, and open the link again.',
    )
  }
  const expected = Number.parseInt(length, 36)
  if (content.length < expected) {
    throw new InvitationError(
      `This invitation is incomplete: ${content.length} of its ${expected} characters arrived, as when a mail program breaks a long link. ${COPY}`,
    )
  }
  if (content.length > expected || checksum(content) !== sum) {
    throw new InvitationError(`This invitation was changed on its way. ${COPY}`)
  }
  return unpacked(content)
}

const COPY =
  'Copy the whole link from your message into the address bar, or ask the researcher for it again.'
const ASK = 'Ask the researcher for a new link.'

function unpacked(content: string): Invitation {
  const read = invitationSchema.safeParse(parsed(content))
  if (read.success) return read.data
  throw new InvitationError(`This invitation cannot be read by this release of Jumppad. ${ASK}`)
}

function parsed(content: string): unknown {
  try {
    const bytes = unzlibSync(base64Decode(content), { out: new Uint8Array(LARGEST) })
    return JSON.parse(strFromU8(bytes))
  } catch {
    return undefined
  }
}

/** Returns the first eight digits of the content's digest. It detects accidents, not attacks. */
function checksum(content: string): string {
  const digest = new Digest()
  digest.addBytes(strToU8(content))
  return digest.hex().slice(0, 8)
}
