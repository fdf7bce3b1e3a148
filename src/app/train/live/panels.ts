/** Which curves a training has, and the points of each. */
import {
  type LearningPart,
  type TrainingPlan,
  wantedOf,
} from '../../../procedure/training/index.ts'
import type { Curves } from '../../../storage/run-record.ts'
import { recipesOf } from '../recipes.ts'

export interface CurvePoint {
  /** Updates made. */
  readonly step: number
  readonly value: number
}

export interface CurveLine {
  readonly name: string
  readonly colour: string
  points(curves: Curves): CurvePoint[]
}

/** A chart: one quantity, in one or two lines. */
export interface CurvePanel {
  readonly id: string
  readonly part: LearningPart
  readonly title: string
  readonly unit: string
  readonly digits: number
  readonly domain: readonly [number | 'auto', number | 'auto']
  /** A value to hold it against, and what that is. */
  readonly mark?: { readonly value: number; readonly words: string }
  readonly lines: readonly CurveLine[]
}

const TRAINED = 'var(--series-1)'
const HELD_OUT = 'var(--series-2)'
const POLICY = 'var(--stage-aligned)'

type LossList = 'imitation' | 'reward' | 'preference'
type HeldOutList = 'imitationHeldOut' | 'rewardHeldOut'

const losses = (list: LossList): CurveLine => ({
  name: 'training',
  colour: TRAINED,
  points: (curves) => curves[list].map(({ step, loss }) => ({ step, value: loss })),
})

const heldOut = (list: HeldOutList, key: 'loss' | 'accuracy', scale = 1): CurveLine => ({
  name: 'held out',
  colour: HELD_OUT,
  points: (curves) =>
    curves[list].flatMap(({ step, [key]: value }) =>
      value === undefined ? [] : [{ step, value: scale * value }],
    ),
})

type UpdateKey = 'reward' | 'kl' | 'entropy' | 'preference'
const updates = (key: UpdateKey, scale = 1): CurveLine => ({
  name: 'the policy',
  colour: POLICY,
  points: (curves) =>
    curves.reinforcement.map((point) => ({ step: point.update, value: scale * point[key] })),
})

const AUTO = ['auto', 'auto'] as const
const PERCENT = { unit: ' %', digits: 0, domain: [0, 100] } as const

const PANELS: readonly CurvePanel[] = [
  {
    id: 'imitation loss',
    part: 'imitation',
    title: 'Imitation loss',
    unit: ' nats a decision',
    digits: 3,
    domain: AUTO,
    lines: [losses('imitation'), heldOut('imitationHeldOut', 'loss')],
  },
  {
    id: 'accuracy',
    part: 'reward',
    title: 'Right on held-out labels',
    ...PERCENT,
    mark: { value: 50, words: 'chance' },
    lines: [heldOut('rewardHeldOut', 'accuracy', 100)],
  },
  {
    id: 'reward loss',
    part: 'reward',
    title: 'Reward model loss',
    unit: ' nats a pair',
    digits: 3,
    domain: [0, 'auto'],
    mark: { value: Math.LN2, words: 'a coin’s' },
    lines: [losses('reward'), heldOut('rewardHeldOut', 'loss')],
  },
  {
    id: 'preference loss',
    part: 'preference',
    title: 'Fine-tuning loss',
    unit: ' nats a decision',
    digits: 3,
    domain: AUTO,
    lines: [losses('preference')],
  },
  {
    id: 'learnt reward',
    part: 'reinforcement',
    title: 'Learnt reward',
    unit: '',
    digits: 2,
    domain: AUTO,
    lines: [updates('reward')],
  },
  {
    id: 'wanted',
    part: 'reinforcement',
    title: 'Reached the wanted jumppad',
    ...PERCENT,
    lines: [updates('preference', 100)],
  },
  {
    id: 'kl',
    part: 'reinforcement',
    title: 'KL from the start',
    unit: ' nats an episode',
    digits: 1,
    domain: [0, 'auto'],
    lines: [updates('kl')],
  },
  {
    id: 'entropy',
    part: 'reinforcement',
    title: 'Entropy',
    unit: ' nats a decision',
    digits: 2,
    domain: [0, 'auto'],
    lines: [updates('entropy')],
  },
]

/** The charts of a plan, in the order of its parts. */
export function panelsOf(plan: TrainingPlan): CurvePanel[] {
  const judged = wantedOf(plan) !== undefined
  return recipesOf(plan).flatMap(({ part }) =>
    PANELS.filter((panel) => panel.part === part && (judged || panel.id !== 'wanted')),
  )
}

/** Number of points that a line is drawn through: a chart has no more pixels to give. */
const MOST_POINTS = 120

/**
 * Returns the points that curves in one chart are drawn through. Of a long curve these are the lowest and
 * the highest of each interval of updates, and its two ends: nothing is averaged, so that no peak is
 * lost and the last point is the last value. The intervals are the same for all curves, so that those
 * which are equal are drawn equal, however long they are.
 */
export function thinned(curves: readonly (readonly CurvePoint[])[]): CurvePoint[][] {
  if (curves.every(({ length }) => length <= MOST_POINTS))
    return curves.map((points) => [...points])
  const last = Math.max(...curves.map((points) => points.at(-1)?.step ?? 0))
  const interval = Math.ceil((last + 1) / (MOST_POINTS / 2))
  return curves.map((points) => extremes(points, interval))
}

function extremes(points: readonly CurvePoint[], interval: number): CurvePoint[] {
  const kept = new Set(points.slice(0, 1))
  let from = 0
  while (from < points.length) {
    const bucket = Math.floor((points[from]?.step ?? 0) / interval)
    const length = points.slice(from).findIndex(({ step }) => Math.floor(step / interval) > bucket)
    const inside = points.slice(from, length < 0 ? undefined : from + length)
    const lowest = inside.reduce((a, b) => (b.value < a.value ? b : a))
    const highest = inside.reduce((a, b) => (b.value > a.value ? b : a))
    for (const point of inside) if (point === lowest || point === highest) kept.add(point)
    from += inside.length
  }
  for (const point of points.slice(-1)) kept.add(point)
  return [...kept]
}
