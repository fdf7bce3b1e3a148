/**
 * Sender of a sitting: publishes what is committed in this browser, in commit order, and stores how far
 * the collector has acknowledged it. The label log itself is the queue, so nothing is lost by a reload;
 * a crash between an acknowledgement and its commit publishes a message again, with the same id.
 */
import type { Label } from '../../alignment/labels/index.ts'
import { type Publisher, RefusedError } from '../../collector/publisher.ts'
import {
  changeSitting,
  type LabDatabase,
  type LoggedLabel,
  noteSent,
  readLabelsAfter,
  readSessions,
  readSittings,
  type Sitting,
  StorageError,
} from '../../storage/index.ts'
import type { LabellerMessage } from '../../study/message.ts'
import { messageOf } from '../worker/errors.ts'
import { begunMessage, endMessage, labelMessage } from './messages.ts'

/** What the page shows of the sending. */
export interface SendingState {
  /** Number of answered pairs that the collector has acknowledged; corrections do not count. */
  readonly sent: number
  /** Number of messages to be sent, corrections and the end included; undefined before they are counted. */
  readonly waiting: number | undefined
  /** End of the sitting that the collector has acknowledged, if any. */
  readonly ended: 'finished' | 'withdrawn' | undefined
  /** Reason why messages are not sent now. */
  readonly problem: SendingProblem | undefined
}

export interface SendingProblem {
  /**
   * Kind of the problem: the collector cannot be reached, has no room, or refuses, or this browser's
   * database fails. Only after a refusal nothing is tried again.
   */
  readonly kind: 'away' | 'full' | 'refused' | 'storage'
  /** Reason as a sentence. */
  readonly sentence: string
}

/** State of a sending about which nothing is known yet. */
export const UNCOUNTED: SendingState = {
  ...{ sent: 0, waiting: undefined, ended: undefined, problem: undefined },
}

/** Dependencies of a sender. */
export interface SenderParts {
  readonly database: LabDatabase
  /** Id of the sitting. */
  readonly sitting: string
  /** Connects to the collector. Rejects with a RefusedError or an AwayError. */
  connect(): Promise<Publisher>
  /** Resolves after some milliseconds, or as soon as the signal aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
  onState(state: SendingState): void
}

/** Milliseconds until the second attempt; each further one takes twice as long. */
const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000

/** Message to be sent; of a label, with its entry in the log. */
interface Step {
  readonly message: LabellerMessage
  readonly logged?: LoggedLabel
}

export class Sender {
  readonly #parts: SenderParts
  readonly #stopped = new AbortController()
  /** Ids of the first answers that were acknowledged. */
  readonly #acknowledged = new Set<string>()
  /** Whether `#acknowledged` has what was acknowledged before this page was opened. */
  #known = false
  #publisher: Publisher | undefined
  #running: Promise<void> | undefined
  /** Whether there may be more to send than the attempt under way knows of. */
  #more = false
  #waiting = new AbortController()
  #state = UNCOUNTED

  constructor(parts: SenderParts) {
    this.#parts = parts
  }

  /** Sends what is committed by now, unless the collector has refused this sitting or cannot be reached. */
  wake(): void {
    this.#more = true
    if (this.#stopped.signal.aborted || this.#state.problem?.kind === 'refused') return
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined
    })
  }

  /** Tries again at once, even after a refusal: the network is back, or the labeller asks for it. */
  retry(): void {
    if (this.#state.problem?.kind === 'refused') this.#tell({ problem: undefined })
    this.#waiting.abort()
    this.wake()
  }

  /** Stops sending and closes the connection. Resolves once nothing is under way. */
  async stop(): Promise<void> {
    this.#stopped.abort()
    this.#waiting.abort()
    await this.#running
    await this.#close()
  }

  /** Sends until nothing is left, the collector refuses, or the sender is stopped. Never rejects. */
  async #run(): Promise<void> {
    for (let attempt = 0; this.#more && !this.#stopped.signal.aborted; ) {
      this.#more = false
      try {
        await this.#sendAll()
        attempt = 0
        this.#tell({ problem: undefined })
      } catch (error) {
        this.#more = true
        const problem = problemOf(error)
        this.#tell({ problem })
        if (problem.kind === 'refused') return this.#close()
        // The next attempt makes a new connection: a browser may never report the end of a dead WebSocket,
        // and closing it may then take forever.
        if (problem.kind === 'away') void this.#close()
        await this.#pause(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt++))
      }
    }
  }

  async #sendAll(): Promise<void> {
    const { database, sitting: id } = this.#parts
    const steps = await this.#steps()
    this.#tell({ waiting: steps?.length })
    for (const [place, { message, logged }] of (steps ?? []).entries()) {
      if (this.#stopped.signal.aborted) return
      this.#publisher ??= await this.#parts.connect()
      await this.#publisher.publish(message)
      // A stopped sender stores nothing: the caller may be about to send everything again.
      if (this.#stopped.signal.aborted) return
      const sitting = logged
        ? await noteSent(database, id, logged)
        : await changeSitting(database, id, (before) => acknowledged(before, message))
      // After the browser cleared its data, the log that the steps were read from is gone.
      if (logged && (sitting?.sent.upTo ?? 0) < logged.key) {
        this.#more = sitting !== undefined
        return this.#tell({ waiting: undefined })
      }
      if (logged) this.#note(logged.label)
      const ended = sitting && acknowledgedEnd(sitting)
      this.#tell({ waiting: (steps?.length ?? 0) - place - 1, ended, problem: undefined })
      // No further answers are sent after a withdrawal.
      if (sitting?.withdrawnAt !== undefined && message.kind !== 'withdrawn') {
        this.#more = true
        return
      }
    }
  }

  /** Returns what is committed and not acknowledged, in order; undefined where there is no sitting. */
  async #steps(): Promise<Step[] | undefined> {
    const { database, sitting: id } = this.#parts
    const [sittings, sessions] = await Promise.all([readSittings(database), readSessions(database)])
    const sitting = sittings.records.find((each) => each.id === id)
    const session = sessions.records.find((each) => each.id === id)
    if (!sitting || !session || sitting.begunAt === undefined) return undefined
    this.#tell({ ended: acknowledgedEnd(sitting) })
    const steps: Step[] = []
    const end = endMessage(sitting)
    if (end?.kind !== 'withdrawn') {
      const begun = begunMessage(sitting, session)
      if (begun && !sitting.sent.begun) steps.push({ message: begun })
      const { upTo } = sitting.sent
      for (const logged of await readLabelsAfter(database, id, this.#known ? upTo : 0)) {
        if (logged.key <= upTo) this.#note(logged.label)
        else steps.push({ message: labelMessage(sitting, logged.label), logged })
      }
      this.#known = true
    }
    if (end && !sitting.sent.ended) steps.push({ message: end })
    return steps
  }

  #note({ id, corrects }: Label): void {
    if (corrects === undefined) this.#acknowledged.add(id)
  }

  async #pause(milliseconds: number): Promise<void> {
    if (this.#stopped.signal.aborted) return
    this.#waiting = new AbortController()
    await this.#parts.wait(milliseconds, this.#waiting.signal)
  }

  async #close(): Promise<void> {
    const publisher = this.#publisher
    this.#publisher = undefined
    // A connection that cannot be closed in order is lost, which is as good.
    await publisher?.close().catch(() => undefined)
  }

  #tell(changes: Partial<SendingState>): void {
    this.#state = { ...this.#state, ...changes, sent: this.#acknowledged.size }
    if (!this.#stopped.signal.aborted) this.#parts.onState(this.#state)
  }
}

function problemOf(error: unknown): SendingProblem {
  const sentence = messageOf(error)
  if (error instanceof RefusedError) {
    return { kind: error.refusal === 'full' ? 'full' : 'refused', sentence }
  }
  return { kind: error instanceof StorageError ? 'storage' : 'away', sentence }
}

/** Returns the end of a sitting that the collector has acknowledged, if any. */
function acknowledgedEnd({ sent, withdrawnAt }: Sitting): SendingState['ended'] {
  if (!sent.ended) return undefined
  return withdrawnAt === undefined ? 'finished' : 'withdrawn'
}

/** Returns the sitting after the acknowledgement of its beginning or end. */
function acknowledged(sitting: Sitting, message: LabellerMessage): Sitting {
  const { sent, withdrawnAt } = sitting
  if (message.kind === 'begun') return { ...sitting, sent: { ...sent, begun: true } }
  // A withdrawal while the end was being sent is another end, which is still to be sent.
  const ended = message.kind === 'withdrawn' || withdrawnAt === undefined
  return { ...sitting, sent: { ...sent, ended } }
}
