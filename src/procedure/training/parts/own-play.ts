/** Charts, paths and outcome of parts in which the policy learns from its own play. */
import type { Trajectory } from '../../../alignment/index.ts'
import { measureEpisode } from '../../../evaluation/measures.ts'
import { outcomeTable } from '../../../evaluation/outcomes.ts'
import { measureOf } from '../../../evaluation/wish.ts'
import { type Ending, HOME, type IslandMap, worldOf } from '../../../island/index.ts'
import type { Chart, SummaryNumber } from '../definitions.ts'
import { styleWishOf, type TrainingPlan, wantedOf } from '../plan.ts'
import type { CurvePoint, TrainingReport } from '../reports.ts'

/** Maximum number of paths shown at a time: more cannot be told apart on a map. */
const PATHS = 24

/** Returns the rule by which an episode counts as one that the plan's wish is about, for `preference`. */
export function preferredBy(plan: TrainingPlan): (trajectory: Trajectory) => boolean {
  const wanted = wantedOf(plan)
  const counts = styleWishOf(plan) !== undefined
  return ({ ending }) => (counts ? ending !== 'none' : ending === wanted)
}

/** Returns the metric that a wish about style is for, over those that arrive; none without such a wish. */
export function styleMetric(
  plan: TrainingPlan,
  trajectories: readonly Trajectory[],
): { readonly style?: number } {
  const wish = styleWishOf(plan)
  const arriving = trajectories.filter(({ ending }) => ending !== 'none')
  if (wish === undefined || arriving.length === 0) return {}
  const measure = measureOf(wish)
  const sum = arriving.reduce((total, each) => total + measure.of(measureEpisode(each)), 0)
  return { style: sum / arriving.length }
}

/**
 * Returns the report of the endings of the policy's episodes, and of some of their paths for the map of one
 * `island`; undefined stands for the first one.
 */
export function pathsReport(
  trajectories: readonly Trajectory[],
  island: IslandMap | undefined,
): TrainingReport {
  const world = worldOf({ island })
  const drawn = trajectories.filter((each) => worldOf(each) === world).slice(0, PATHS)
  const paths = drawn.map(({ path, ending, island }) => ({ points: path, ending, island }))
  return {
    kind: 'paths',
    paths,
    endings: outcomeTable(trajectories, endingsOf(trajectories)).outcomes,
  }
}

/** Returns the endings that episodes can have on the islands that were played. */
function endingsOf(trajectories: readonly Trajectory[]): readonly Ending[] {
  return [...new Set([HOME, ...trajectories.map(worldOf)].flatMap(({ endings }) => endings))]
}

/**
 * Returns the charts of a curve whose points are means over the policy's episodes: `reward`,
 * `preference`, `style`, `kl` and `entropy`. The pages adapt titles and units to the wish.
 */
export function playCharts(curve: string): readonly Chart[] {
  const line = (metric: string) => [{ curve, metric, of: 'policy' }] as const
  return [
    {
      id: 'learned reward',
      title: 'Learned reward',
      unit: '',
      digits: 2,
      domain: ['auto', 'auto'],
      lines: line('reward'),
    },
    {
      id: 'wanted',
      title: 'Reached the preferred jumppad',
      unit: ' %',
      digits: 0,
      domain: [0, 100],
      scale: 100,
      needs: 'wish',
      lines: line('preference'),
    },
    {
      id: 'style',
      title: 'Measure of style',
      unit: '',
      digits: 2,
      domain: ['auto', 'auto'],
      needs: 'style wish',
      lines: line('style'),
    },
    {
      id: 'kl',
      title: 'KL from the start',
      unit: ' nats per episode',
      digits: 1,
      domain: [0, 'auto'],
      lines: line('kl'),
    },
    {
      id: 'entropy',
      title: 'Entropy',
      unit: ' nats per decision',
      digits: 2,
      domain: [0, 'auto'],
      lines: line('entropy'),
    },
  ]
}

/** Returns the numbers that summarise such a curve. The pages adapt the name of the first to the wish. */
export function playSummary(curve: string): readonly SummaryNumber[] {
  return [
    {
      ...{ curve, metric: 'preference', name: 'reached', unit: ' %', scale: 100 },
      ...{ digits: 0, change: true, needs: 'wish' },
    },
    { curve, metric: 'reward', name: 'reward', digits: 1, change: true },
    { curve, metric: 'kl', name: 'KL', digits: 0 },
  ]
}

/** Returns the outcome of such a curve as a sentence; undefined before its second point. */
export function playOutcome(
  points: readonly CurvePoint[],
  updates: number,
  diverged: boolean,
): string | undefined {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || first === last) return undefined
  const [before, after, kl] = [first.reward, last.reward, last.kl].map((value) => value ?? 0)
  // The model kept from a run that diverged is older than its last update.
  const until = diverged ? ', before training was stopped' : ''
  return `The learned reward went from ${before?.toFixed(2)} to ${after?.toFixed(2)} in ${updates} ${updates === 1 ? 'update' : 'updates'}, ${kl?.toFixed(1)} nats per episode away from the starting policy${until}.`
}
