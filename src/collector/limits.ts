/**
 * Limits of what a collector stores for a study. They leave room for everything that honest people do.
 * Somebody with a stolen invitation can fill the share of its labeller, and nobody else's.
 */
import { LARGEST_MESSAGE, MOST_SITTINGS } from '../study/message.ts'
import { pairsNeeded, type Study } from '../study/study.ts'

/** Number of messages per pair: the answer, and one correction of each on average. */
const MESSAGES_PER_PAIR = 2
/** Number of other messages per sitting: begun, finished, withdrawn. */
const OTHER_MESSAGES = 3
/** Size that messages are assumed to have on average, in bytes; measured labels have 700 to 1,300. */
const USUAL_MESSAGE = 2048
/** Number of labellers for whom there is room besides the design's: invited later, or in place of others. */
const SPARE_LABELLERS = 20
/** Number of messages of the researcher for each pair: decided, and decided again. */
const DECISIONS_PER_PAIR = 2
/** Number of other messages of the researcher: exclusions, rules. */
const OTHER_DECISIONS = 1000
/** Maximum size of what a client adds to a message in headers: its id and the stream's name. */
const HEADERS = 512
/**
 * Time in which the stream recognises a message that was sent twice, in milliseconds. It covers lost
 * connections and reloads; ids are kept in memory, so what comes later is left to the readers.
 */
const DUPLICATE_WINDOW = 60 * 60 * 1000
/** Maximum number of connections that read: researchers' pages and commands, and those they lost. */
const CONSUMERS = 200
/** Maximum number of connections per labeller: tabs, devices, and connections that are not known to be dead. */
const CONNECTIONS_PER_LABELLER = 4

export interface CollectorLimits {
  /** Maximum size of a message with its headers, in bytes. */
  readonly messageBytes: number
  /** Maximum number of messages from one labeller. */
  readonly messagesPerLabeller: number
  /** Maximum size of everything that is stored, in bytes. */
  readonly bytes: number
  readonly duplicateWindowMs: number
  /** Maximum number of labellers' connections. */
  readonly connections: number
  /** Maximum number of connections that read, and of the consumers that they make. */
  readonly consumers: number
}

/** Returns the limits that follow from a study. */
export function limitsOf({ design, golden }: Study): CollectorLimits {
  // A slot has one pair more than the others where they cannot be dealt evenly.
  const scheduled = design.pairsEach + 1 + design.reShows + (golden?.pairs ?? 0)
  const messagesPerLabeller = MOST_SITTINGS * (MESSAGES_PER_PAIR * scheduled + OTHER_MESSAGES)
  const labellers = design.labellers + SPARE_LABELLERS
  const decisions = DECISIONS_PER_PAIR * pairsNeeded(design) + OTHER_DECISIONS
  return {
    messageBytes: LARGEST_MESSAGE + HEADERS,
    messagesPerLabeller,
    bytes: (labellers * messagesPerLabeller + decisions) * USUAL_MESSAGE,
    duplicateWindowMs: DUPLICATE_WINDOW,
    connections: labellers * CONNECTIONS_PER_LABELLER,
    consumers: CONSUMERS,
  }
}
