import { readSweepStatus, type SweepState, sweepStatusSubject } from '../../procedure/index.ts'
import { InterruptedError, oneSentence } from '../errors.ts'
import { readModelFile } from '../evaluate.ts'
import { sha256 } from '../write-model.ts'
import type { Cell, CellOutcome, CodeVersion } from './cell.ts'
import type { Collector } from './collector.ts'
import type { CellResult } from './messages.ts'
import { AskedCells, type CellRunner } from './runner.ts'
import { SweepProgress } from './sweep-progress.ts'

interface CollectorRunnerOptions {
  readonly collector: Collector
  /** Name of the sweep, the same whenever it is asked for again. */
  readonly sweep: string
  /** Name of the sweep for people. */
  readonly title: string
  readonly threads: number
  /** Aborts the waiting; the cells stay on the queue. */
  readonly signal: AbortSignal
}

interface Waiting {
  readonly cell: Cell
  /** Whether the collector has confirmed that it holds the cell. */
  isPosted: boolean
  resolve(outcome: CellOutcome): void
  reject(reason: Error): void
}

/** Time between looks at the queue, milliseconds. */
const LOOK_EVERY = 2000

/** Has cells computed by the workers of a collector. */
export class CollectorRunner implements CellRunner {
  readonly atOnce = Number.POSITIVE_INFINITY
  readonly threads: number
  readonly #collector: Collector
  readonly #sweep: string
  readonly #signal: AbortSignal
  readonly #asked = new AskedCells()
  readonly #waiting = new Map<string, Waiting>()
  readonly #progress: SweepProgress
  readonly #processors = new Set<string>()
  #lastHint: string | undefined
  #isLooking = false
  #looks: NodeJS.Timeout | undefined

  constructor({ collector, sweep, title, threads, signal }: CollectorRunnerOptions) {
    this.#collector = collector
    this.#sweep = sweep
    this.threads = threads
    this.#signal = signal
    this.#progress = new SweepProgress(title)
    this.#follow()
  }

  get version(): CodeVersion {
    return this.#collector.version
  }

  get seconds(): number {
    return this.#asked.seconds
  }

  /** Returns the present state of the sweep, for a page. */
  state(): SweepState {
    return this.#progress.state()
  }

  async provide(path: string): Promise<string> {
    const bytes = await readModelFile(path)
    const digest = sha256(bytes)
    await this.#collector.persistently(() => this.#collector.models.write(digest, bytes))
    return digest
  }

  run(cell: Cell): Promise<CellOutcome> {
    return this.#asked.once(cell, async (id) => {
      const outcome = await this.#ask(id, cell)
      this.#compareProcessors(outcome)
      return outcome
    })
  }

  async close(): Promise<void> {
    clearInterval(this.#looks)
    this.#progress.stop()
    await this.#collector.close()
  }

  async #ask(id: string, cell: Cell): Promise<CellOutcome> {
    const known = await this.#collector.result(id)
    if (known?.state === 'done') return known.outcome
    // Asking again is a request to retry a failed cell.
    if (known !== undefined) await this.#collector.forgetResult(id)
    this.#signal.throwIfAborted()
    const answer = new Promise<CellOutcome>((resolve, reject) => {
      this.#waiting.set(id, { cell, isPosted: false, resolve, reject })
    })
    // Awaited below; an interruption may reject it while the cell is still being posted.
    answer.catch(() => undefined)
    this.#progress.asked()
    await this.#post(id, cell)
    return answer
  }

  async #post(id: string, cell: Cell): Promise<void> {
    await this.#collector.post(id, { format: 1, sweep: this.#sweep, cell })
    const waiting = this.#waiting.get(id)
    if (waiting !== undefined) waiting.isPosted = true
  }

  #follow(): void {
    this.#collector.followResults((id, result) => this.#end(id, result))
    this.#collector.connection.subscribe(sweepStatusSubject(this.#sweep, '*'), {
      callback: (_, message) => {
        const status = readSweepStatus(message.string())
        if (status !== undefined) this.#progress.heard(status)
      },
    })
    this.#looks = setInterval(() => void this.#look(), LOOK_EVERY)
    this.#signal.addEventListener('abort', () => this.#interrupt(), { once: true })
  }

  #end(id: string, result: CellResult): void {
    const waiting = this.#waiting.get(id)
    if (waiting === undefined) return
    this.#waiting.delete(id)
    this.#progress.ended(id, result.state)
    if (result.state === 'done') {
      waiting.resolve(result.outcome)
      return
    }
    const sentence = `The cell "${waiting.cell.title}" failed on worker ${result.worker}: ${result.problem}`
    this.#progress.say(sentence)
    waiting.reject(new Error(`${sentence}; run the command again to try it again`))
  }

  #interrupt(): void {
    const left = this.#waiting.size
    for (const { reject } of this.#waiting.values()) {
      reject(
        new InterruptedError(
          `Interrupted; the remaining cells (${left}) stay on the queue, workers continue with them, and the same command fetches their results later`,
        ),
      )
    }
    this.#waiting.clear()
  }

  /**
   * Fetches the results that were written while the connection was down, and posts cells again that
   * the collector has lost. Says so when the collector is away, and when cells wait but no worker is
   * there.
   */
  async #look(): Promise<void> {
    // A look that waits for a server that is away outlasts the interval.
    if (this.#waiting.size === 0 || this.#isLooking) return
    this.#isLooking = true
    this.#progress.show()
    const hint = await this.#catchUp().catch(
      (error: unknown) =>
        `The collector at ${this.#server} does not answer as expected (${oneSentence(error)}); waiting until it does.`,
    )
    if (hint !== this.#lastHint && hint !== undefined) this.#progress.say(hint)
    this.#lastHint = hint
    this.#isLooking = false
  }

  async #catchUp(): Promise<string | undefined> {
    const posted = [...this.#waiting].filter(([, { isPosted }]) => isPosted)
    // In this order, as a cell leaves the queue after its result was written.
    const queued = await this.#collector.queuedIds()
    const finished = await this.#collector.finishedIds()
    for (const id of finished) {
      const result = this.#waiting.has(id) ? await this.#collector.result(id) : undefined
      if (result !== undefined) this.#end(id, result)
    }
    const lost = posted.filter(([id]) => !queued.has(id) && !finished.has(id))
    for (const [id, { cell }] of lost) if (this.#waiting.has(id)) await this.#post(id, cell)
    if (lost.length > 0) {
      return `The collector had lost ${lost.length} of the cells, which are on the queue again.`
    }
    const { running, idleWorkers } = await this.#collector.queueState()
    if (this.#waiting.size === 0 || running + idleWorkers > 0) return undefined
    return `Cells wait for workers of this version: start some with npm run worker -- nats://${this.#server}`
  }

  get #server(): string {
    return this.#collector.connection.getServer()
  }

  #compareProcessors({ processor }: CellOutcome): void {
    this.#processors.add(processor)
    if (this.#processors.size !== 2) return
    this.#progress.say(
      `Results come from different processors (${[...this.#processors].join(', ')}), whose last digits may differ.`,
    )
  }
}
