/** Names by which a collector stores a study: its stream, and a subject for everybody who publishes. */
import { Digest } from '../island/index.ts'

/** Returns the name of the stream that stores the messages of a study. */
export function streamName(study: string): string {
  return `study-${study}`
}

/** Returns the subjects that the stream of a study stores. */
export function subjectsOf(study: string): string[] {
  return [labellerSubjects(study), researcherSubjects(study)]
}

/** Returns the pattern of the subjects on which labellers publish. */
export function labellerSubjects(study: string): string {
  return `labels.${study}.*`
}

/** Returns the subject on which a labeller publishes. */
export function labellerSubject(study: string, labeller: number): string {
  return `labels.${study}.${labeller}`
}

/** Returns the pattern of the subjects on which the researcher publishes. */
export function researcherSubjects(study: string): string {
  return `decisions.${study}.*`
}

/**
 * Returns the subject of a researcher's message. Each message has its own, because the collector limits
 * the number of messages per subject by what a labeller may need.
 */
export function researcherSubject(study: string, message: string): string {
  const digest = new Digest()
  digest.addBytes(new TextEncoder().encode(message))
  return `decisions.${study}.${digest.hex()}`
}

/** Author of a stored message: the researcher, or the labeller with a number. */
export type MessageAuthor =
  | { readonly kind: 'researcher' }
  | { readonly kind: 'labeller'; number: number }

/** Returns who may publish on a subject of a study; undefined for any other subject. */
export function authorOf(study: string, subject: string): MessageAuthor | undefined {
  const [branch, id, last = '', ...more] = subject.split('.')
  if (id !== study || more.length > 0) return undefined
  if (branch === 'decisions') return { kind: 'researcher' }
  if (branch !== 'labels' || !/^[1-9]\d{0,6}$/.test(last)) return undefined
  return { kind: 'labeller', number: Number(last) }
}

/** Returns the prefix of the subjects on which a user, named by a public key, receives replies. */
export function inboxPrefix(user: string): string {
  return `_INBOX_${user}`
}
