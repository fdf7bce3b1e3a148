import { readRecipe, relay } from '../../../alignment/index.ts'
import { BEST_OF_PLAY_FIELDS, type BestOfPlayReport } from '../../best-of-play.ts'
import { BEST_OF_PLAY_CHECKPOINT, runBestOfPlay } from '../../best-of-play-job.ts'
import type { NetworkParameters } from '../../play.ts'
import { shareOfBlocks } from '../cost.ts'
import type { PartDefinition } from '../definitions.ts'
import { identityOf, islandsOf, keyOf, type TrainingJob } from '../job.ts'
import { type PartResult, RESULT_FILES } from '../kept.ts'
import { recipeOf, wantedOf } from '../plan.ts'
import type { TrainingReport } from '../reports.ts'
import {
  pathsReport,
  playCharts,
  playOutcome,
  playSummary,
  preferredBy,
  styleMetric,
} from './own-play.ts'
import { scoringShare } from './reinforcement.ts'
import { TAB_LAYERS, TAB_REWARD_STRIDE } from './tab.ts'

const part = 'best-of-play'
/** Curve of every update, and curve of every round's pool. */
const CURVE = 'bestOfPlay'
const ROUNDS = 'bestOfPlayRounds'

export const bestOfPlay: PartDefinition = {
  name: part,
  head: 'policy',
  title: 'Best-of-play imitation',
  about:
    'The agent plays, the reward model scores, and the agent imitates its best episodes; then it plays again.',
  fields: BEST_OF_PLAY_FIELDS,
  mainFields: ['rounds', 'pool', 'share', 'updates'],
  // Many rounds of few updates: a round can only imitate what the policy does already.
  defaults: () =>
    readRecipe(BEST_OF_PLAY_FIELDS, {
      layers: TAB_LAYERS,
      rewardStride: TAB_REWARD_STRIDE,
      rounds: 20,
      pool: 200,
      updates: 10,
      optimiser: 'muon',
      peakRate: 2e-3,
    }),
  charts: [
    ...playCharts(ROUNDS),
    {
      id: 'best-of-play loss',
      title: 'Imitation loss',
      unit: ' nats per decision',
      digits: 3,
      domain: ['auto', 'auto'],
      lines: [{ curve: CURVE, metric: 'loss', of: 'training' }],
    },
  ],
  summary: playSummary(ROUNDS),
  outcome({ [ROUNDS]: points = [], [CURVE]: updates = [] }, diverged) {
    return playOutcome(points, updates.at(-1)?.step ?? 0, diverged)
  },
  play: { curve: ROUNDS, episodes: 'pool' },
  counter: { curve: CURVE, plus: 0 },
  pausesAtCheckpoints: true,
  files: { checkpoint: BEST_OF_PLAY_CHECKPOINT, result: RESULT_FILES.policy },
  seconds(plan, { play, watch, look, learn }) {
    const recipe = readRecipe(BEST_OF_PLAY_FIELDS, recipeOf(plan, part))
    const { rounds, pool, share: best, updates, clipsPerBatch, earlier, rewardStride } = recipe
    const share = shareOfBlocks(recipe)
    const again = Math.min(earlier, rounds - 1) > 0 ? best * pool * (watch + look) : 0
    return (
      (rounds + 1) * pool * (play + (look * scoringShare(plan)) / rewardStride) +
      rounds * (updates * clipsPerBatch * learn * share + again)
    )
  },
}

/**
 * Trains a policy by imitating the best-rewarded of its own play, in rounds. If it diverges, the result is
 * the policy after the round before or, with step 0, the start.
 */
export async function* bestOfPlayPart(
  job: TrainingJob,
  reward: NetworkParameters,
): AsyncGenerator<TrainingReport, PartResult> {
  const { device, openPlayer, plan, start, store, control } = job
  const recipe = readRecipe(BEST_OF_PLAY_FIELDS, recipeOf(plan, part))
  yield { kind: 'part', part, unit: 'updates', of: recipe.rounds * recipe.updates }
  const learning = runBestOfPlay({
    options: {
      ...{
        device,
        openPlayer,
        recipe,
        reward,
        control,
        agent: start,
        start: 'spawn',
        islands: islandsOf(job),
        measured: true,
      },
      key: keyOf(job, part, wantedOf(plan) ?? 'own'),
      preferred: preferredBy(plan),
    },
    identity: identityOf(job, part),
    store,
  })
  const { parameters, step, stopped, problem } = yield* relay(learning, (report) =>
    translated(job, report, recipe.updates),
  )
  return { layout: start.layout, parameters, notes: { step, stopped, problem } }
}

function* translated(
  job: TrainingJob,
  report: BestOfPlayReport,
  updates: number,
): Iterable<TrainingReport> {
  if (report.kind === 'pool') {
    const { point, trajectories } = report
    const style = styleMetric(job.plan, trajectories)
    yield {
      kind: 'point',
      curve: ROUNDS,
      point: { step: point.round * updates, ...point, ...style },
    }
    yield pathsReport(trajectories, islandsOf(job)[0])
  } else if (report.kind === 'update') {
    const { step, scores } = report
    yield { kind: 'point', curve: CURVE, point: { step, loss: scores.loss } }
    yield { kind: 'progress', part, done: step }
  } else {
    yield { kind: 'checkpoint', part, step: report.state.snapshot.step }
  }
}
