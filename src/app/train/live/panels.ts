/** Charts of a training, made from the definitions of its parts. */

import { measureOf, type StyleWish } from '../../../evaluation/wish.ts'
import {
  type Chart,
  type ChartLine,
  PARTS,
  partsOf,
  styleWishOf,
  type TrainingPart,
  type TrainingPlan,
  wantedOf,
} from '../../../procedure/training/index.ts'
import type { Curves } from '../../../storage/run-record.ts'

/** Point of a chart's line. */
export interface LinePoint {
  /** Number of updates made. */
  readonly step: number
  readonly value: number
}

/** Point of the median curve of several runs, with the ends of its band. */
export interface BandPoint extends LinePoint {
  readonly low: number
  readonly high: number
}

export type PlotPoint = LinePoint | BandPoint

interface CurveLine {
  readonly name: string
  readonly colour: string
  points(curves: Curves): LinePoint[]
}

/** Chart of one quantity, in one or two lines. */
export interface CurvePanel extends Omit<Chart, 'lines'> {
  readonly part: TrainingPart
  readonly lines: readonly CurveLine[]
}

const LOOKS = {
  training: { name: 'training', colour: 'var(--series-1)' },
  'held out': { name: 'held out', colour: 'var(--series-2)' },
  policy: { name: 'the policy', colour: 'var(--stage-aligned)' },
} as const satisfies Record<ChartLine['of'], Pick<CurveLine, 'name' | 'colour'>>

/** Returns the charts of a plan, in the order of its parts. */
export function panelsOf(plan: TrainingPlan): CurvePanel[] {
  const style = styleWishOf(plan)
  const byJudge = 'labels' in plan && plan.labels.kind === 'judge'
  const judged = wantedOf(plan) !== undefined || style !== undefined
  return partsOf(plan).flatMap((part) =>
    PARTS[part].charts
      .filter(({ needs }) => (needs === 'style wish' ? style !== undefined : !needs || judged))
      .map((chart) => ({
        ...(style ? forStyle(chart, style, byJudge) : chart),
        part,
        lines: chart.lines.map((line) => lineOf(line, chart)),
      })),
  )
}

/** Returns a chart with the title and the unit that it has for a wish about style. */
function forStyle(chart: Chart, wish: StyleWish, byJudge: boolean): Chart {
  if (chart.needs === undefined) {
    // A judge for a style is shown telling pairs, which are easier than pairs of an agent's play.
    const isEasy = byJudge && chart.id === 'accuracy'
    return isEasy ? { ...chart, title: 'Accuracy on held-out telling pairs' } : chart
  }
  // Runs with other wishes are compared by the panels' ids: what is not the same must not share one.
  if (chart.needs === 'wish') return { ...chart, id: 'arrived', title: 'Reached a jumppad' }
  const { name, title, unit } = measureOf(wish)
  const id = `style ${name}`
  return { ...chart, id, title: `${title}, of those that arrive`, unit: ` ${unit}` }
}

function lineOf({ curve, metric, of }: ChartLine, { scale = 1 }: Chart): CurveLine {
  return {
    ...LOOKS[of],
    points: (curves) =>
      (curves[curve] ?? []).flatMap(({ step, [metric]: value }) =>
        value === undefined ? [] : [{ step, value: scale * value }],
      ),
  }
}

/** Maximum number of points of lines that are not thinned: a chart has too few pixels for more. */
const MOST_POINTS = 120

/**
 * Returns the points through which the curves of one chart are drawn. For long curves these are the lowest
 * and the highest point of each interval of updates, also of the ends of a band, and both ends: nothing is
 * averaged, so that no peak is lost and the last point is the last value. All curves use the same intervals,
 * so that equal stretches are drawn alike, however long the curves are.
 */
export function thinned<Point extends PlotPoint>(curves: readonly (readonly Point[])[]): Point[][] {
  if (curves.every(({ length }) => length <= MOST_POINTS))
    return curves.map((points) => [...points])
  const last = Math.max(...curves.map((points) => points.at(-1)?.step ?? 0))
  const interval = Math.ceil((last + 1) / (MOST_POINTS / 2))
  return curves.map((points) => extremes(points, interval))
}

function extremes<Point extends PlotPoint>(points: readonly Point[], interval: number): Point[] {
  const kept = new Set(points.slice(0, 1))
  let from = 0
  while (from < points.length) {
    const bucket = Math.floor((points[from]?.step ?? 0) / interval)
    const length = points.slice(from).findIndex(({ step }) => Math.floor(step / interval) > bucket)
    const inside = points.slice(from, length < 0 ? undefined : from + length)
    const marked = new Set([...extremesBy(inside, ({ value }) => value), ...bandExtremes(inside)])
    for (const point of inside) if (marked.has(point)) kept.add(point)
    from += inside.length
  }
  for (const point of points.slice(-1)) kept.add(point)
  return [...kept]
}

function bandExtremes<Point extends PlotPoint>(points: readonly Point[]): Point[] {
  if (!points.some((point) => 'low' in point)) return []
  return [
    ...extremesBy(points, (point) => ('low' in point ? point.low : point.value)),
    ...extremesBy(points, (point) => ('high' in point ? point.high : point.value)),
  ]
}

/** Returns the first lowest and the first highest point. */
function extremesBy<Point>(points: readonly Point[], of: (point: Point) => number): Point[] {
  const lowest = points.reduce((a, b) => (of(b) < of(a) ? b : a))
  const highest = points.reduce((a, b) => (of(b) > of(a) ? b : a))
  return [lowest, highest]
}
