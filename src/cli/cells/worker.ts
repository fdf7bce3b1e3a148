import type { Consumer, JsMsg } from '@nats-io/jetstream'
import { delay } from '@nats-io/nats-core'
import { type SweepStatus, sweepStatusSubject } from '../../procedure/index.ts'
import { oneSentence } from '../errors.ts'
import { type Cell, type CellOutcome, cellId } from './cell.ts'
import { describeVersion, isSameVersion } from './code-version.ts'
import { type Collector, lastToken } from './collector.ts'
import { PROCESSOR } from './machine.ts'
import { type CellTries, type PostedCell, readPosted } from './messages.ts'
import type { ModelFolder } from './model-folder.ts'

export interface WorkerOptions {
  readonly collector: Collector
  /** Name, unique among the workers of the collector; a token of a subject. */
  readonly name: string
  readonly models: ModelFolder
  readonly compute: (cell: Cell) => Promise<CellOutcome>
  /** Hands back the cell that is being computed, and ends the work. */
  readonly signal: AbortSignal
  readonly say: (text: string) => void
}

/** Time that one request for a cell waits for one, milliseconds. */
const REQUEST_WAIT = 1000

/** Time between two status messages, milliseconds. */
const STATUS_EVERY = 5000

/**
 * Number of times that a cell is handed out. One that has no result then takes its workers down, say
 * because it needs more memory than they have.
 */
const MOST_DELIVERIES = 10

/** Number of workers on which a cell fails before it counts as failed. */
const MOST_FAILURES = 3

/** Time until a cell is handed out again that this worker cannot end now, milliseconds. */
const LATER = 5000

/** Most characters of a failed cell's message. */
const MOST_CHARACTERS = 1000

const HANDED_BACK = Symbol('handed back')

type Report = (state: SweepStatus['state'], problem?: string) => void

/** What is to happen with a cell: it has a result, or is for whoever asks next, or asks later. */
type Ending = 'has a result' | 'next' | 'later'

/** Takes cells from a collector's queue, one at a time, until the signal aborts. */
export async function work(options: WorkerOptions): Promise<void> {
  await new CellWorker(options).work()
}

class CellWorker {
  readonly #options: WorkerOptions
  readonly #refused = new Set<string>()
  readonly #aborted: Promise<typeof HANDED_BACK>

  constructor(options: WorkerOptions) {
    this.#options = options
    const { signal } = options
    this.#aborted = new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(HANDED_BACK), { once: true })
    })
  }

  async work(): Promise<void> {
    const { collector, name, signal } = this.#options
    const queue = await collector.persistently(() => collector.queue())
    const { config } = await collector.persistently(() => queue.info())
    collector.announce(name)
    // A few heartbeats fit into the time after which the server gives the cell to another.
    const signEvery = (config.ack_wait ?? 0) / 1e6 / 4
    while (!signal.aborted) {
      const message = await this.#next(queue)
      if (message === null) await this.#refuseForeign()
      else await this.#take(message, signEvery)
    }
  }

  async #next(queue: Consumer): Promise<JsMsg | null> {
    try {
      return await queue.next({ expires: REQUEST_WAIT })
    } catch (error) {
      if (this.#options.collector.connection.isClosed()) throw error
      await delay(REQUEST_WAIT / 4)
      return null
    }
  }

  async #take(message: JsMsg, signEvery: number): Promise<void> {
    const { collector } = this.#options
    const signs = setInterval(() => {
      if (!collector.connection.isClosed()) message.working()
    }, signEvery)
    try {
      const ending = await this.#end(message)
      if (ending === 'has a result') await message.ackAck()
      else message.nak(ending === 'later' ? LATER : 0)
    } catch (error) {
      if (collector.connection.isClosed()) throw error
      await this.#handBack(message, oneSentence(error))
    } finally {
      clearInterval(signs)
    }
  }

  /**
   * Hands back a cell after a request to the collector has failed. Another worker, or this one, gets
   * it again, and finds its result if that was written. After many attempts the cell counts as failed.
   */
  async #handBack(message: JsMsg, reason: string): Promise<void> {
    const { signal, say } = this.#options
    if (signal.aborted) {
      message.nak()
      return
    }
    say(`A cell is handed back, because a request to the collector failed: ${reason}`)
    try {
      if (message.info.deliveryCount > MOST_DELIVERIES) {
        const problem = `requests to the collector fail: ${reason}`
        await this.#fail(lastToken(message.subject), problem)
        await message.ackAck()
        return
      }
    } catch {
      // The collector stores nothing now: later.
    }
    message.nak(LATER)
  }

  async #end(message: JsMsg): Promise<Ending> {
    const { collector, name, signal } = this.#options
    if (signal.aborted) return 'next'
    const id = lastToken(message.subject)
    if ((await collector.result(id)) !== undefined) return 'has a result'
    const tries = await collector.tries(id)
    const posted = readPosted(message.data)
    const known = tries.failures.length + tries.returned
    if (message.info.deliveryCount - known > MOST_DELIVERIES) {
      return this.#fail(
        id,
        `it was handed out ${MOST_DELIVERIES} times without a result, so it seems to end its workers: see what they wrote last`,
      )
    }
    if (posted === undefined || cellId(posted.cell) !== id) {
      return this.#fail(id, 'the message on the queue is not the cell that its subject names')
    }
    if (!isSameVersion(posted.cell.version, collector.version)) {
      return this.#fail(
        id,
        `it needs ${describeVersion(posted.cell.version)}, and the worker has ${describeVersion(collector.version)}`,
      )
    }
    if (!tries.failures.some(({ worker }) => worker === name)) {
      return this.#compute(id, posted, tries)
    }
    if (!(await this.#isOtherLeft(tries))) return this.#failFor(id, tries)
    await this.#countReturn(id, tries)
    // All others on which it failed may be among those that wait for a cell.
    const { idleWorkers } = await collector.queueState()
    return idleWorkers >= tries.failures.length ? 'next' : 'later'
  }

  /** Writes that a cell has failed. */
  async #fail(id: string, problem: string, worker = this.#options.name): Promise<Ending> {
    await this.#options.collector.writeResult(id, { format: 1, state: 'failed', worker, problem })
    return 'has a result'
  }

  /** Writes that a cell has failed as it did on the last worker that tried it. */
  #failFor(id: string, tries: CellTries): Promise<Ending> {
    return this.#fail(id, failureOf(tries), tries.failures.at(-1)?.worker)
  }

  /** Returns whether another worker is there on which a cell has not failed. */
  async #isOtherLeft({ failures }: CellTries): Promise<boolean> {
    const { collector, name } = this.#options
    const tried = new Set([name, ...failures.map(({ worker }) => worker)])
    for await (const other of collector.workers()) if (!tried.has(other)) return true
    return false
  }

  /** Counts a cell that is handed back on purpose, so that it is not taken for a worker that died. */
  async #countReturn(id: string, tries: CellTries): Promise<void> {
    const { collector } = this.#options
    const counted = { ...tries, returned: tries.returned + 1 }
    // An interrupted worker does not wait for a collector that is away.
    await collector.writeTries(id, counted).catch(() => undefined)
  }

  async #compute(id: string, { sweep, cell }: PostedCell, tries: CellTries): Promise<Ending> {
    const { collector, name, say } = this.#options
    const report = this.#reporter(sweep, id, cell.title)
    say(`${cell.title}: taken`)
    const every = setInterval(() => report('running'), STATUS_EVERY)
    report('running')
    try {
      const outcome = await this.#attempt(cell)
      if (outcome === HANDED_BACK) {
        await this.#countReturn(id, tries)
        say(`${cell.title}: handed back`)
        report('handed back')
        return 'next'
      }
      if ('problem' in outcome) {
        say(`${cell.title}: failed: ${outcome.problem}`)
        const failures = [...tries.failures, { worker: name, problem: outcome.problem }]
        return this.#passOn(id, { ...tries, failures }, report)
      }
      await collector.writeResult(id, { format: 1, state: 'done', worker: name, outcome })
      say(`${cell.title}: done after ${Math.round(outcome.seconds)} s`)
      report('done')
      return 'has a result'
    } finally {
      clearInterval(every)
    }
  }

  /** Leaves a cell that has failed to another worker, as the reason may be this machine: a full disk. */
  async #passOn(id: string, tries: CellTries, report: Report): Promise<Ending> {
    const { collector } = this.#options
    const problem = failureOf(tries)
    if (tries.failures.length < MOST_FAILURES && (await this.#isOtherLeft(tries))) {
      await collector.persistently(() => collector.writeTries(id, tries))
      report('handed back', problem)
      return 'next'
    }
    report('failed', problem)
    return this.#failFor(id, tries)
  }

  /** Returns the outcome of a cell, or why it has none. */
  async #attempt(
    cell: Cell,
  ): Promise<CellOutcome | { readonly problem: string } | typeof HANDED_BACK> {
    try {
      return await Promise.race([this.#outcomeOf(cell), this.#aborted])
    } catch (error) {
      if (this.#options.signal.aborted) return HANDED_BACK
      return { problem: printable(oneSentence(error)) }
    }
  }

  async #outcomeOf(cell: Cell): Promise<CellOutcome> {
    const { collector, models, compute } = this.#options
    for (const digest of Object.values(cell.inputs)) {
      if (await models.has(digest)) continue
      await models.add(await collector.persistently(() => collector.models.read(digest)))
    }
    const outcome = await compute(cell)
    for (const digest of Object.values(outcome.models)) {
      const bytes = await models.read(digest)
      await collector.persistently(() => collector.models.write(digest, bytes))
    }
    return outcome
  }

  #reporter(sweep: string, cell: string, title: string): Report {
    const { collector, name } = this.#options
    const begun = performance.now()
    return (state, problem) => {
      const status: SweepStatus = {
        ...{ format: 1, worker: name, state, cell, title, processor: PROCESSOR },
        seconds: (performance.now() - begun) / 1000,
        ...(problem === undefined ? {} : { problem }),
      }
      if (collector.connection.isClosed()) return
      collector.connection.publish(sweepStatusSubject(sweep, name), JSON.stringify(status))
    }
  }

  /** Says which cells wait for workers with other code, here and to those who asked for them. */
  async #refuseForeign(): Promise<void> {
    const { collector, say } = this.#options
    const foreign = await collector.foreignCells().catch(() => [])
    for (const { posted, count } of foreign) {
      const { sweep, cell } = posted
      const needed = describeVersion(cell.version)
      if (this.#refused.has(`${sweep} ${needed}`)) continue
      this.#refused.add(`${sweep} ${needed}`)
      const problem = `it has ${describeVersion(collector.version)}, and they need ${needed}`
      say(
        `Cells left to other workers: ${count}, which this one cannot compute alike (${problem}).`,
      )
      this.#reporter(sweep, cellId(cell), cell.title)('refused', problem)
    }
  }
}

/** Returns why a cell failed on the last of its workers, and names the others. */
function failureOf({ failures }: CellTries): string {
  const { problem = '' } = failures.at(-1) ?? {}
  const before = failures.slice(0, -1).map(({ worker }) => worker)
  return before.length === 0 ? problem : `${problem} (it failed before on ${before.join(', ')})`
}

/** Returns a text that every terminal can show: without control characters, and cut to `MOST_CHARACTERS`. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '').slice(0, MOST_CHARACTERS)
}
