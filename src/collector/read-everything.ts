/** Reading of all that a collector has stored, once. */
import type { StudyMessage } from '../study/message.ts'
import { AwayError, type StudyReader } from './publisher.ts'

/** Time in which the collector may be away while it is read, in milliseconds. */
const PATIENCE = 30_000

export interface StoredMessages {
  readonly messages: readonly StudyMessage[]
  /** Number of stored messages that do not belong to the study. */
  readonly refused: number
}

/** Reads everything that is stored. Rejects with a RefusedError, or an AwayError if the collector stays away. */
export async function readEverything(reader: StudyReader): Promise<StoredMessages> {
  const messages: StudyMessage[] = []
  const ended = new AbortController()
  let refused = 0
  let complete = false
  let reason: string | undefined
  let patience: ReturnType<typeof setTimeout> | undefined
  const stopWaiting = () => {
    clearTimeout(patience)
    patience = undefined
  }
  const following = reader.follow(
    {
      messages: (part) => messages.push(...part),
      refused: (count) => {
        refused = count
      },
      caughtUp: () => {
        complete = true
        ended.abort()
      },
      away: (found) => {
        reason = found
        if (found !== undefined) patience ??= setTimeout(() => ended.abort(), PATIENCE)
        else stopWaiting()
      },
    },
    ended.signal,
  )
  await following.finally(stopWaiting)
  if (complete) return { messages, refused }
  throw new AwayError(reason ?? 'The collector could not be read to the end: try again.')
}
