import type { Consumer, JsMsg } from '@nats-io/jetstream'
import { delay } from '@nats-io/nats-core'
import { type SweepStatus, sweepStatusSubject } from '../../procedure/index.ts'
import { oneSentence } from '../errors.ts'
import { type Cell, type CellOutcome, cellId } from './cell.ts'
import { describeVersion, isSameVersion } from './code-version.ts'
import { type Collector, lastToken } from './collector.ts'
import { PROCESSOR } from './machine.ts'
import { type PostedCell, readPosted } from './messages.ts'
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

/** Most characters of a failed cell's message. */
const MOST_CHARACTERS = 1000

const HANDED_BACK = Symbol('handed back')

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
    const { collector, signal } = this.#options
    const queue = await collector.persistently(() => collector.queue())
    const { config } = await collector.persistently(() => queue.info())
    // A few signs of life fit into the time after which the server gives the cell to another.
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
    const { collector, signal, say } = this.#options
    const signs = setInterval(() => {
      if (!collector.connection.isClosed()) message.working()
    }, signEvery)
    try {
      const isEnded = await this.#end(message)
      if (isEnded) await message.ackAck()
      else message.nak()
    } catch (error) {
      // Another worker, or this one, gets the cell again and finds its result if that was written.
      if (collector.connection.isClosed()) throw error
      message.nak()
      if (!signal.aborted) say(`The collector is away (${oneSentence(error)}).`)
    } finally {
      clearInterval(signs)
    }
  }

  /** Returns whether the cell of a message has a result now; otherwise it has to be handed back. */
  async #end(message: JsMsg): Promise<boolean> {
    const { collector, name, signal } = this.#options
    if (signal.aborted) return false
    const id = lastToken(message.subject)
    if ((await collector.result(id)) !== undefined) return true
    const problem = (text: string) =>
      collector.writeResult(id, { format: 1, state: 'failed', worker: name, problem: text })
    const posted = readPosted(message.data)
    if (posted === undefined || cellId(posted.cell) !== id) {
      await problem('the message on the queue is not the cell that its subject names')
    } else if (!isSameVersion(posted.cell.version, collector.version)) {
      await problem(
        `it needs ${describeVersion(posted.cell.version)}, and the worker has ${describeVersion(collector.version)}`,
      )
    } else if (message.info.deliveryCount > MOST_DELIVERIES) {
      await problem(
        `it was handed out ${MOST_DELIVERIES} times without a result, so it seems to end its workers: see what they wrote last`,
      )
    } else {
      return this.#compute(id, posted, problem)
    }
    return true
  }

  async #compute(
    id: string,
    { sweep, cell }: PostedCell,
    fail: (problem: string) => Promise<void>,
  ): Promise<boolean> {
    const { collector, name, signal, say } = this.#options
    const report = this.#reporter(sweep, id, cell.title)
    say(`${cell.title}: taken`)
    const every = setInterval(() => report('running'), STATUS_EVERY)
    report('running')
    try {
      const outcome = await Promise.race([this.#outcomeOf(cell), this.#aborted])
      if (outcome === HANDED_BACK) {
        say(`${cell.title}: handed back`)
        report('handed back')
        return false
      }
      await collector.writeResult(id, { format: 1, state: 'done', worker: name, outcome })
      say(`${cell.title}: done after ${Math.round(outcome.seconds)} s`)
      report('done')
    } catch (error) {
      if (signal.aborted) return false
      const problem = printable(oneSentence(error))
      await fail(problem)
      say(`${cell.title}: failed: ${problem}`)
      report('failed', problem)
    } finally {
      clearInterval(every)
    }
    return true
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

  #reporter(sweep: string, cell: string, title: string) {
    const { collector, name } = this.#options
    const begun = performance.now()
    return (state: SweepStatus['state'], problem?: string): void => {
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

/** Returns a text that every terminal can show. */
function printable(text: string): string {
  return text.replaceAll(/\p{C}/gu, '').slice(0, MOST_CHARACTERS)
}
