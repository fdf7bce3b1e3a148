/** Validation of stored messages, which come from strangers. */
import {
  LARGEST_MESSAGE,
  labellerMessageSchema,
  researcherMessageSchema,
  type StudyMessage,
} from '../study/message.ts'
import { authorOf } from './subjects.ts'

/**
 * Returns a stored message; undefined unless it is a valid message of the study by the one who may publish
 * on its subject.
 */
export function readStored(
  study: string,
  subject: string,
  bytes: Uint8Array,
): StudyMessage | undefined {
  const author = authorOf(study, subject)
  if (author === undefined || bytes.length > LARGEST_MESSAGE) return undefined
  const found = parsed(bytes)
  if (author.kind === 'researcher') {
    const { data } = researcherMessageSchema.safeParse(found)
    return data?.study === study ? data : undefined
  }
  const { data } = labellerMessageSchema.safeParse(found)
  return data?.study === study && data.labeller === author.number ? data : undefined
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
