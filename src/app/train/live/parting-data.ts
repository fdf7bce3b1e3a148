/** Data and words of the panel that compares learned reward and what is really preferred. */
import {
  type Parting,
  type PolicyMeasurement,
  partingOf,
  shareError,
} from '../../../evaluation/parting.ts'
import { measureOf, type StyleWish } from '../../../evaluation/wish.ts'
import type { CurvePoint } from '../../../procedure/training/index.ts'
import {
  PARTS,
  partsOf,
  recipeOf,
  styleWishOf,
  type TrainingPlan,
  wantedOf,
} from '../../../procedure/training/index.ts'
import type { Curves } from '../../../storage/run-record.ts'

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

/** Something that is preferred and known, beside the learned reward, in the course of a training. */
interface Aim {
  readonly points: readonly PolicyMeasurement[]
  readonly parting: Parting
  /** Its name beside “reward” in a sentence. */
  readonly name: string
  /** What is measured, as the subject of a sentence. */
  readonly subject: string
  /** Whether less of it is preferred. */
  readonly less: boolean
  readonly row: CourseRow
}

/** Course of a training in which the policy learns from its own play. */
export interface LearningCourse {
  /** Reward and KL of all updates or rounds; their `fit` is the share of episodes that `preference` counts. */
  readonly points: readonly PolicyMeasurement[]
  /** Jumppad that is preferred, or the style and arriving; empty where it is not known what is preferred. */
  readonly aims: readonly Aim[]
  readonly isStyle: boolean
}

/** Returns the measurements of the play that a policy learns from, with the episodes in each; undefined if it learns from none. */
export function ownPlayOf(plan: TrainingPlan, curves: Curves) {
  const part = partsOf(plan).findLast((each) => PARTS[each].play)
  const play = part && PARTS[part].play
  if (part === undefined || play === undefined) return undefined
  const episodes = Number(recipeOf(plan, part)[play.episodes])
  return { curve: curves[play.curve] ?? [], episodes }
}

/** Returns the course of a run; undefined for plans in which the policy does not learn from its own play. */
export function courseOf(plan: TrainingPlan, curves: Curves): LearningCourse | undefined {
  const play = ownPlayOf(plan, curves)
  if (play === undefined) return undefined
  const { curve, episodes } = play
  const points = measurementsOf(curve, 'preference', 1)
  const style = styleWishOf(plan)
  if (style !== undefined) {
    const arrival = shareAim('arrival', 'arrives', points, episodes)
    return { points, aims: [styleAim(style, curve), arrival], isStyle: true }
  }
  const wanted = wantedOf(plan)
  if (wanted === undefined) return { points, aims: [], isStyle: false }
  const does = `reaches the ${wanted} jumppad`
  return { points, aims: [shareAim('outcome', does, points, episodes, wanted)], isStyle: false }
}

function shareAim(
  name: string,
  does: string,
  points: readonly PolicyMeasurement[],
  episodes: number,
  wanted?: string,
): Aim {
  return {
    points,
    parting: partingOf(points, shareError(episodes)),
    name,
    subject: `the share that ${does}`,
    less: false,
    row: {
      title: wanted === undefined ? 'Reached a jumppad' : `Reached the ${wanted} jumppad`,
      ...{ unit: ' %', digits: 0, domain: [0, 100], colour: 'var(--stage-aligned)' },
      value: ({ fit }) => 100 * fit,
    },
  }
}

function styleAim(wish: StyleWish, points: readonly CurvePoint[]): Aim {
  const { title, unit } = measureOf(wish)
  const sign = wish.direction === 'more' ? 1 : -1
  const measured = measurementsOf(points, 'style', sign)
  return {
    points: measured,
    parting: partingOf(measured),
    name: 'style',
    subject: `“${title}”, averaged over the episodes that arrive,`,
    less: sign < 0,
    row: {
      title: `${title}, of those that arrive`,
      unit: ` ${unit}`,
      ...{ digits: 2, domain: ['auto', 'auto'], colour: 'var(--ending-other-1)' },
      value: ({ fit }) => sign * fit,
    },
  }
}

/** Returns the points that have all values; a metric times `sign` says how well the preference is met. */
function measurementsOf(
  points: readonly CurvePoint[],
  metric: 'preference' | 'style',
  sign: number,
): PolicyMeasurement[] {
  return points.flatMap(({ step, reward, kl, [metric]: value }) =>
    reward === undefined || value === undefined || kl === undefined
      ? []
      : [{ update: step, reward, fit: sign * value, kl }],
  )
}

/** Quantity that the charts of a course have on their horizontal axis. */
export type CourseAxis = 'update' | 'kl'

/** Chart of a course with its points. */
interface DrawnRow extends CourseRow, Pick<Aim, 'points'> {}

/** Returns the charts of a course; KL has one of its own only where it is not the axis. */
export function courseRows({ points, aims }: LearningCourse, axis: CourseAxis): DrawnRow[] {
  const rows: DrawnRow[] = [
    {
      ...{ title: 'Learned reward', unit: '', digits: 2, domain: ['auto', 'auto'], points },
      colour: 'var(--series-1)',
      value: ({ reward }) => reward,
    },
    ...aims.map((aim) => ({ ...aim.row, points: aim.points })),
  ]
  if (axis === 'kl') return rows
  return [
    ...rows,
    {
      ...{ title: 'KL from the start', unit: ' nats per episode', digits: 0, points },
      ...{ domain: [0, 'auto'], colour: 'var(--series-2)' },
      value: ({ kl }) => kl,
    },
  ]
}

/** Returns the first point at which reward and an aim part; undefined if they do not. */
export function partingPoint({ aims }: LearningCourse): PolicyMeasurement | undefined {
  const points = aims.flatMap(({ parting }) => (parting.kind === 'parted' ? [parting.from] : []))
  return points.toSorted((a, b) => a.update - b.update)[0]
}

/** Returns whether and where learned reward and each aim part, in one or two sentences each. */
export function partingWords({ points, aims }: LearningCourse): string {
  if (aims.length === 0) {
    return 'It is not known which jumppad or style is preferred here, so the lab cannot tell whether the reward still leads there: label some pairs of the trained agent, or evaluate it.'
  }
  return aims.every(({ parting }) => parting.kind === 'too short')
    ? `Whether reward and ${aims[0]?.name} part can be told after 10 measurements; there are ${points.length} so far.`
    : aims.map(aimWords).join(' ')
}

function aimWords({ name, parting, subject, less, row }: Aim): string {
  const [worse, end] = less ? ['rise', 'above its minimum'] : ['fall', 'below its maximum']
  if (parting.kind === 'too short') {
    return `In too few measurements did any episode arrive to tell whether reward and ${name} part.`
  }
  if (parting.kind === 'together') {
    return parting.fell
      ? `Reward and ${name} do not part: ${subject} ${less ? 'rose' : 'fell'}, but the learned reward did not rise meanwhile.`
      : `Reward and ${name} do not part: ${subject} does not end clearly ${end}.`
  }
  const { from, to } = parting
  const digits = row.unit === ' %' ? 1 : row.digits
  const [first, last] = [from, to].map((point) => row.value(point).toFixed(digits))
  return `Reward and ${name} part after update ${from.update} (KL ${from.kl.toFixed(0)}). From there to update ${to.update}, the learned reward rises from ${from.reward.toFixed(2)} to ${to.reward.toFixed(2)}, but ${subject} ${worse}s from ${first} to ${last}${row.unit}.`
}
