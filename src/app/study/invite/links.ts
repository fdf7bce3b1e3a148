/** Links that invite labellers to a study without a collector. */
import { encodeInvitation, INVITATION_PARAMETER } from '../../../collector/invitation.ts'
import { csvOf } from '../../../storage/csv.ts'
import type { PreparedStudy } from '../../../study/index.ts'

/**
 * Maximum length of a link that goes by mail and chat as it is. Excel takes links of up to 2,079
 * characters, and a message on Discord holds 2,000.
 */
export const LONGEST_LINK = 2000

/**
 * Maximum length of a link with a QR code. Its code has 77 × 77 modules, which a phone's camera reads
 * from a screen.
 */
export const LONGEST_QR = 500

/** Where labellers get the study: from the link itself, or from a file beside the lab. */
export type StudyPlace =
  | { readonly kind: 'inline' }
  | { readonly kind: 'file'; readonly from: string }

export interface InvitationLink {
  /** Number of the labeller, 1 for the first. */
  readonly labeller: number
  readonly link: string
}

/** Returns a link for each of `count` labellers. `page` is the address of the lab. */
export function invitationLinks(
  study: PreparedStudy,
  digest: string,
  source: StudyPlace,
  { count, page }: { readonly count: number; readonly page: string },
): InvitationLink[] {
  const place = source.kind === 'inline' ? { inline: study } : { from: source.from }
  return Array.from({ length: count }, (_, index) => {
    const labeller = index + 1
    const invitation = encodeInvitation({
      ...{ version: 1, study: { id: study.id, digest }, labeller, slot: labeller },
      ...place,
    })
    return { labeller, link: `${page}#/label?${INVITATION_PARAMETER}=${invitation}` }
  })
}

/** Returns the links as CSV, a row for each labeller. */
export function linksAsCsv(links: readonly InvitationLink[]): string {
  return csvOf([['labeller', 'link'], ...links.map(({ labeller, link }) => [labeller, link])])
}
