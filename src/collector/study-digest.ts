/** Digest of a study, by which invitations, labels and runs refer to it. */
import { canonicalStudy, type Study } from '../study/study.ts'

/** Returns the SHA-256 of a study's content as 64 hexadecimal digits. */
export async function studyDigest(study: Study): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalStudy(study))
  const hash = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
