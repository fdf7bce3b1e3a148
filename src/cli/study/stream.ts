/** Stream that stores the messages of a study. */
import {
  DiscardPolicy,
  JetStreamApiError,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream'
import { type NatsConnection, nanos } from '@nats-io/nats-core'
import type { CollectorLimits } from '../../collector/limits.ts'
import { labellerSubject, streamName, subjectsOf } from '../../collector/subjects.ts'
import { oneSentence, UsageError } from '../errors.ts'
import { persistently } from '../nats/connect.ts'

const STREAM_NOT_FOUND = 10059
/** Time in which servers that were just started have to agree on who leads, in milliseconds. */
const PATIENCE = 30_000

/**
 * Creates the stream of a study, or changes the limits of the one that is there. What it stores stays.
 * Throws a UsageError if the servers do not have the room or the number that it needs, and the error of the
 * connection if that is closed.
 */
export async function ensureStream(
  connection: NatsConnection,
  study: string,
  limits: CollectorLimits,
  replicas: number,
): Promise<void> {
  const { streams } = await jetstreamManager(connection, { checkAPI: false })
  const config = configOf(study, limits, replicas)
  const signal = AbortSignal.timeout(PATIENCE)
  try {
    await persistently(connection, signal, async () => {
      const known = await streams.info(config.name).catch(undefinedIfMissing)
      if (known) await streams.update(config.name, config)
      else await streams.add(config)
    })
  } catch (error) {
    if (signal.aborted) {
      throw new UsageError(
        'The collector’s servers run, but store nothing: check that most of them run and reach each other',
      )
    }
    if (!(error instanceof JetStreamApiError)) throw error
    throw new UsageError(
      `The collector cannot store the study (${oneSentence(error)}): it needs room for up to ${Math.ceil(limits.bytes / 2 ** 20)} MiB${replicas > 1 ? ` on each of ${replicas} servers` : ''}.`,
    )
  }
}

/** Deletes everything that a labeller has sent, and returns the number of messages. */
export async function deleteLabeller(
  connection: NatsConnection,
  study: string,
  labeller: number,
): Promise<number> {
  const { streams } = await jetstreamManager(connection, { checkAPI: false })
  const stream = streamName(study)
  const stored = await sequencesOn(connection, stream, labellerSubject(study, labeller))
  for (const sequence of stored) await streams.deleteMessage(stream, sequence, true)
  return stored.length
}

/** Returns the sequence numbers of the messages that a stream has stored on a subject. */
async function sequencesOn(
  connection: NatsConnection,
  stream: string,
  subject: string,
): Promise<number[]> {
  const consumer = await jetstream(connection).consumers.get(stream, {
    filter_subjects: subject,
    headers_only: true,
  })
  const { num_pending } = await consumer.info(true)
  const found: number[] = []
  if (num_pending === 0) return found
  const messages = await consumer.consume()
  for await (const { seq, info } of messages) {
    found.push(seq)
    if (info.pending === 0) break
  }
  return found
}

function configOf(study: string, limits: CollectorLimits, replicas: number) {
  return {
    name: streamName(study),
    subjects: subjectsOf(study),
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    // A full stream refuses what is new: it never drops what it has acknowledged.
    discard: DiscardPolicy.New,
    discard_new_per_subject: true,
    max_msgs_per_subject: limits.messagesPerLabeller,
    max_bytes: limits.bytes,
    max_msg_size: limits.messageBytes,
    duplicate_window: nanos(limits.duplicateWindowMs),
    num_replicas: replicas,
    // Single messages can be deleted, which the removal of a person's data needs.
    deny_purge: true,
  } satisfies Partial<StreamConfig>
}

function undefinedIfMissing(error: unknown): undefined {
  if (error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND) return undefined
  throw error
}
