/** Data and words of the panel that compares learned reward and outcome. */
import { type Parting, type PolicyMeasurement, partingOf } from '../../../evaluation/parting.ts'
import type { Outcome } from '../../../island/index.ts'
import {
  partsOf,
  recipeOf,
  type TrainingPlan,
  wantedOf,
} from '../../../procedure/training/index.ts'
import type { Curves } from '../../../storage/run-record.ts'
import { percent } from '../../ui/format.ts'

/** LearningCourse of reinforcement learning towards an outcome that is known. */
export interface LearningCourse {
  readonly wanted: Outcome
  readonly points: readonly PolicyMeasurement[]
  readonly parting: Parting
}

/** Returns the course of a run; undefined for plans without a known outcome or reinforcement learning. */
export function courseOf(plan: TrainingPlan, curves: Curves): LearningCourse | undefined {
  const wanted = wantedOf(plan)
  const { episodesPerUpdate } = recipeOf(plan, 'reinforcement')
  if (wanted === undefined || !partsOf(plan).includes('reinforcement')) return undefined
  if (typeof episodesPerUpdate !== 'number') return undefined
  const points = (curves.reinforcement ?? []).flatMap(({ step, reward, preference, kl }) =>
    reward === undefined || preference === undefined || kl === undefined
      ? []
      : [{ update: step, reward, share: preference, kl }],
  )
  return { wanted, points, parting: partingOf(points, episodesPerUpdate) }
}

/** Quantity that the charts of a course have on their horizontal axis. */
export type CourseAxis = 'update' | 'kl'

/** Chart of a course: one quantity by update or by KL. */
interface CourseRow {
  readonly title: string
  readonly unit: string
  /** Digits after the decimal point. */
  readonly digits: number
  readonly domain: readonly [number | 'auto', number | 'auto']
  readonly colour: string
  value(point: PolicyMeasurement): number
}

/** Returns the charts of a course; KL has one of its own only where it is not the axis. */
export function courseRows({ wanted }: LearningCourse, axis: CourseAxis): CourseRow[] {
  const rows: CourseRow[] = [
    {
      ...{ title: 'Learned reward', unit: '', digits: 2, domain: ['auto', 'auto'] },
      colour: 'var(--series-1)',
      value: ({ reward }) => reward,
    },
    {
      ...{ title: `Reached the ${wanted} jumppad`, unit: ' %', digits: 0, domain: [0, 100] },
      colour: 'var(--stage-aligned)',
      value: ({ share }) => 100 * share,
    },
  ]
  if (axis === 'kl') return rows
  return [
    ...rows,
    {
      ...{ title: 'KL from the start', unit: ' nats per episode', digits: 0, domain: [0, 'auto'] },
      colour: 'var(--series-2)',
      value: ({ kl }) => kl,
    },
  ]
}

/** Returns whether and where learned reward and outcome part, in one or two sentences. */
export function partingWords({ wanted, points, parting }: LearningCourse): string {
  if (parting.kind === 'too short') {
    return `Whether reward and outcome part can be told after 10 updates; there are ${points.length} so far.`
  }
  if (parting.kind === 'together') {
    return parting.fell
      ? `Reward and outcome do not part: the share that reaches the ${wanted} jumppad fell, but the learned reward did not rise meanwhile.`
      : `Reward and outcome do not part: the share that reaches the ${wanted} jumppad does not end clearly below its maximum.`
  }
  const { from, to } = parting
  const kl = from.kl.toFixed(0)
  return `Reward and outcome part after update ${from.update} (KL ${kl}). From there to update ${to.update}, the learned reward rises from ${from.reward.toFixed(2)} to ${to.reward.toFixed(2)}, but the share that reaches the ${wanted} jumppad falls from ${percent(from.share)} to ${percent(to.share)} %.`
}
