import type { SweepState, SweepStatus } from '../../procedure/index.ts'
import { type ProgressBar, startProgress } from '../progress.ts'

/** Time without a heartbeat after which a worker counts as lost, milliseconds. */
const LOST_AFTER = 30_000

interface RunningCell {
  readonly worker: string
  readonly title: string
  /** When the worker took the cell, and when it was last heard of, on this machine's clock. */
  readonly begun: number
  readonly heard: number
}

/** Progress of a sweep on many machines, on the terminal of whoever asked for it. */
export class SweepProgress {
  readonly #title: string
  /** By the identity of the cell, because a silent worker's cell goes to another. */
  readonly #running = new Map<string, RunningCell>()
  readonly #refusals = new Set<string>()
  #bar: ProgressBar | undefined
  #asked = 0
  #done = 0
  #failed = 0

  constructor(title: string) {
    this.#title = title
  }

  /** Counts a cell that was put on the queue. */
  asked(): void {
    this.#asked += 1
    this.#bar ??= startProgress(this.#title, this.#asked)
    this.#bar.setTotal(this.#asked)
  }

  ended(cell: string, result: 'done' | 'failed'): void {
    this.#running.delete(cell)
    if (result === 'done') this.#done += 1
    else this.#failed += 1
    this.show()
  }

  /** Takes a worker's message into account. */
  heard(status: SweepStatus): void {
    const { cell, worker, state, title, seconds, problem = '' } = status
    const now = performance.now()
    if (state === 'running') {
      this.#running.set(cell, { worker, title, begun: now - 1000 * seconds, heard: now })
    } else if (state === 'refused') {
      if (!this.#refusals.has(worker))
        this.say(`Worker ${worker} takes none of these cells: ${problem}`)
      this.#refusals.add(worker)
    } else {
      this.#running.delete(cell)
    }
    if (state === 'handed back') {
      const why = problem === '' ? '' : `: ${problem}`
      this.say(`Worker ${worker} has handed back "${title}"${why}.`)
    }
    this.show()
  }

  say(text: string): void {
    if (this.#bar === undefined) process.stderr.write(`${text}\n`)
    else this.#bar.say(text)
  }

  stop(): void {
    this.#bar?.stop()
  }

  /** Draws the present state; workers that have become silent are dropped. */
  show(): void {
    this.#dropLost()
    this.#bar?.update(this.#done, this.#note())
  }

  /** Returns the present state, for a page. */
  state(): SweepState {
    const now = performance.now()
    return {
      format: 1,
      title: this.#title,
      asked: this.#asked,
      done: this.#done,
      failed: this.#failed,
      running: [...this.#running.values()].map(({ worker, title, begun }) => ({
        worker,
        title,
        seconds: Math.round((now - begun) / 1000),
      })),
    }
  }

  #note(): string {
    const { asked, done, failed, ...state } = this.state()
    const running = state.running.map(
      ({ worker, title, seconds }) => `${worker} "${title}" ${seconds} s`,
    )
    const waiting = Math.max(0, asked - done - failed - running.length)
    const parts = [
      ...(running.length === 0 ? ['none running'] : [`running: ${running.join('; ')}`]),
      `${waiting} waiting`,
      `${this.#failed} failed`,
    ]
    return `(${parts.join(', ')})`
  }

  #dropLost(): void {
    const now = performance.now()
    for (const [cell, { worker, title, heard }] of this.#running) {
      if (now - heard < LOST_AFTER) continue
      this.#running.delete(cell)
      this.say(`Worker ${worker} is silent: "${title}" goes to another.`)
    }
  }
}
