/** Log of a running training: progress, curves and time, for news to the page and for the record. */
import type {
  EpisodePath,
  TrainingPart,
  TrainingPlan,
  TrainingReport,
} from '../../procedure/training/index.ts'
import { partsOf, referenceSeconds } from '../../procedure/training/index.ts'
import type { Curves, Run, RunDevice } from '../../storage/index.ts'
import { type NewPoint, updatesIn, withPoints } from './curves.ts'
import type { TrainingNews, TrainingPhase } from './protocol.ts'
import { totalOf } from './speed.ts'

export interface LogOptions {
  readonly run: Run
  /** Number of parameters of the network. */
  readonly parameters: number
  /** Returns the time in milliseconds from an arbitrary origin. */
  readonly clock: () => number
}

export class TrainingLog {
  notice: string | undefined
  device: RunDevice | undefined
  curves: Curves
  readonly #plan: TrainingPlan
  readonly #clock: () => number
  readonly #reference: Readonly<Partial<Record<TrainingPart, number>>>
  readonly #partSeconds: Record<string, number>
  #part: { part: TrainingPart; of: number; unit: TrainingNews['unit'] } | undefined
  #done = 0
  /** Units done when this session took up the part, and the seconds that it has spent on it since. */
  #pace: { readonly from: number; seconds: number } | undefined
  #ticked: number
  #points: NewPoint[] = []
  #paths: readonly EpisodePath[] | undefined

  constructor({ run, parameters, clock }: LogOptions) {
    this.#plan = run.plan
    this.#clock = clock
    this.#ticked = clock()
    this.#partSeconds = { ...run.partSeconds }
    this.#reference = referenceSeconds(run.plan, parameters)
    this.curves = run.curves
  }

  take(report: TrainingReport): void {
    this.tick()
    switch (report.kind) {
      case 'part':
        this.#part = report
        this.#done = 0
        this.#pace = undefined
        break
      case 'progress':
        // Units done before a resume say nothing about the pace.
        this.#pace ??= { from: report.done, seconds: 0 }
        this.#done = report.done
        break
      case 'notice':
        this.notice = report.message
        break
      case 'paths':
        this.#paths = report.paths
        break
      case 'point':
        this.#points.push(report)
        this.curves = withPoints(this.curves, [report])
        break
    }
  }

  /** Discards the time since the last tick. */
  skip(): void {
    this.#ticked = this.#clock()
  }

  /** Adds the time since the last tick to the current part. */
  tick(): void {
    const now = this.#clock()
    const seconds = (now - this.#ticked) / 1000
    this.#ticked = now
    if (this.#part === undefined) return
    const { part } = this.#part
    this.#partSeconds[part] = (this.#partSeconds[part] ?? 0) + seconds
    if (this.#pace !== undefined) this.#pace.seconds += seconds
  }

  get seconds(): number {
    return totalOf(this.#partSeconds)
  }

  /** Fields of the run's record that this log determines. */
  get record(): Pick<Run, 'seconds' | 'partSeconds' | 'curves'> {
    return { seconds: this.seconds, partSeconds: { ...this.#partSeconds }, curves: this.curves }
  }

  /**
   * Returns the time that completed parts took relative to the reference machine: those before the
   * current part and, if `whole`, that one too. Undefined if there are none.
   */
  slowness(whole: boolean): number | undefined {
    const parts = partsOf(this.#plan)
    const present = this.#part === undefined ? parts.length : parts.indexOf(this.#part.part)
    const finished = parts.slice(0, whole ? present + 1 : present)
    const sum = (of: Readonly<Partial<Record<string, number>>>): number =>
      finished.reduce((total, part) => total + (of[part] ?? 0), 0)
    const expected = sum(this.#reference)
    return expected > 0 ? sum(this.#partSeconds) / expected : undefined
  }

  /** Returns the current progress, with the points and paths added since the last call. */
  news(phase: TrainingPhase): TrainingNews {
    const [points, paths] = [this.#points, this.#paths]
    this.#points = []
    this.#paths = undefined
    return {
      phase,
      parts: partsOf(this.#plan),
      part: this.#part?.part,
      done: this.#shownDone,
      of: this.#part?.of ?? 0,
      unit: this.#part?.unit ?? 'updates',
      progress: this.#progress,
      secondsLeft: this.#secondsLeft(),
      seconds: this.seconds,
      device: this.device,
      notice: this.notice,
      points,
      paths,
    }
  }

  /** Units done, at least as many as the curves show: a resumed part reports its progress only later. */
  get #shownDone(): number {
    if (this.#part === undefined) return 0
    const { part, of } = this.#part
    return Math.max(this.#done, Math.min(of, updatesIn(this.curves, part)))
  }

  /** Share of the training that is done, 0…1, by the reference seconds of its parts. */
  get #progress(): number {
    if (this.#part === undefined) return 0
    const { part, of } = this.#part
    const parts = partsOf(this.#plan)
    const secondsOf = (some: readonly TrainingPart[]) =>
      some.reduce((sum, each) => sum + (this.#reference[each] ?? 0), 0)
    const before = secondsOf(parts.slice(0, parts.indexOf(part)))
    const share = of > 0 ? Math.min(1, this.#shownDone / of) : 0
    return (before + share * secondsOf([part])) / Math.max(secondsOf(parts), Number.MIN_VALUE)
  }

  #secondsLeft(): number | undefined {
    if (this.#part === undefined || this.#pace === undefined) return undefined
    const { part, of } = this.#part
    const made = this.#done - this.#pace.from
    if (made <= 0) return undefined
    const perUnit = this.#pace.seconds / made
    const expected = (this.#reference[part] ?? 0) / Math.max(1, of)
    const slowness = expected > 0 ? perUnit / expected : 1
    const parts = partsOf(this.#plan)
    const later = parts.slice(parts.indexOf(part) + 1)
    const rest = later.reduce((sum, each) => sum + (this.#reference[each] ?? 0), 0)
    return Math.max(0, of - this.#done) * perUnit + rest * slowness
  }
}
