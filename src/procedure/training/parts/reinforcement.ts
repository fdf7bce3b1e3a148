import {
  REINFORCEMENT_FIELDS,
  REWARD_FIELDS,
  type ReinforcementPoint,
  readRecipe,
  relay,
} from '../../../alignment/index.ts'
import type { NetworkParameters } from '../../play.ts'
import { REINFORCEMENT_CHECKPOINT, runReinforcement } from '../../reinforcement-job.ts'
import { shareOfBlocks } from '../cost.ts'
import type { PartDefinition } from '../definitions.ts'
import { identityOf, islandsOf, keyOf, type TrainingJob } from '../job.ts'
import { type PartResult, RESULT_FILES } from '../kept.ts'
import { recipeOf, type TrainingPlan, wantedOf } from '../plan.ts'
import type { TrainingReport } from '../reports.ts'
import {
  pathsReport,
  playCharts,
  playOutcome,
  playSummary,
  preferredBy,
  styleMetric,
} from './own-play.ts'
import { TAB_LAYERS, TAB_REWARD_STRIDE } from './tab.ts'

/**
 * Settings of reinforcement learning in the tab. With Muon, an update gets further than with
 * AdamW; as its steps are equally long however noisy their gradients are, each reads sixteen episodes
 * (docs/methods/in-the-tab-trials.md).
 */
const TAB_REINFORCEMENT = {
  layers: TAB_LAYERS,
  episodesPerUpdate: 64,
  clipsPerBatch: 16,
  steps: 56,
  optimiser: 'muon',
  peakRate: 3e-3,
  warmup: 6,
  klWeight: 0.01,
  rewardStride: TAB_REWARD_STRIDE,
} as const

/**
 * Number of labels that prefer a clip below which the KL penalty is lower: with 25 the usual one is too high,
 * with 50 it is not (docs/methods/in-the-tab-trials.md).
 */
const FEW_LABELS = 40
/** KL penalty with few labels about jumppads of the first island; others were not measured. */
const KL_WEIGHT_OF_FEW = 0.001

const CURVE = 'reinforcement'

export const reinforcement: PartDefinition = {
  name: 'reinforcement',
  head: 'policy',
  title: 'Reinforcement learning',
  about:
    'The agent plays, the reward model scores, and decisions that score well become more likely.',
  fields: REINFORCEMENT_FIELDS,
  mainFields: ['steps', 'episodesPerUpdate', 'klWeight'],
  defaults: ({ decisive = FEW_LABELS, elsewhere = false, style = false }) =>
    readRecipe(REINFORCEMENT_FIELDS, {
      ...TAB_REINFORCEMENT,
      ...(decisive < FEW_LABELS && !elsewhere && !style ? { klWeight: KL_WEIGHT_OF_FEW } : {}),
      islands: elsewhere ? 'labelled' : 'first',
    }),
  charts: playCharts(CURVE),
  summary: playSummary(CURVE),
  outcome({ [CURVE]: points = [] }, diverged) {
    const updates = (points.at(-1)?.step ?? 0) - (points[0]?.step ?? 0)
    return playOutcome(points, updates, diverged)
  },
  play: { curve: CURVE, episodes: 'episodesPerUpdate' },
  counter: { curve: CURVE, plus: 1 },
  pausesAtCheckpoints: true,
  files: { checkpoint: REINFORCEMENT_CHECKPOINT, result: RESULT_FILES.policy },
  seconds(plan, { play, look, learn }) {
    const recipe = readRecipe(REINFORCEMENT_FIELDS, recipeOf(plan, 'reinforcement'))
    const { steps, episodesPerUpdate, epochs, rewardStride } = recipe
    const share = shareOfBlocks(recipe)
    return (
      (steps + 1) *
        episodesPerUpdate *
        (play + look * (share + scoringShare(plan) / rewardStride)) +
      steps * episodesPerUpdate * epochs * learn * share
    )
  },
}

/**
 * Returns the cost of scoring a clip, as a share of a full forward pass: a reward model trained in the
 * same plan, on the policy's own blocks, reuses their residual stream.
 */
export function scoringShare(plan: TrainingPlan): number {
  return 'recipes' in plan ? shareOfBlocks(readRecipe(REWARD_FIELDS, recipeOf(plan, 'reward'))) : 1
}

/** Trains a policy by reinforcement learning on the rewards of a reward model. */
export async function* reinforcementPart(
  job: TrainingJob,
  agent: NetworkParameters,
  reward: NetworkParameters,
): AsyncGenerator<TrainingReport, PartResult> {
  const { device, openPlayer, plan, store, control } = job
  const part = 'reinforcement'
  const recipe = readRecipe(REINFORCEMENT_FIELDS, recipeOf(plan, part))
  const islands = islandsOf(job)
  const shown = recipe.islands === 'labelled' ? islands[0] : undefined
  yield { kind: 'part', part, unit: 'updates', of: recipe.steps }
  const learning = runReinforcement({
    options: {
      ...{ device, openPlayer, recipe, reward, control, layout: agent.layout, start: 'spawn' },
      islands,
      key: keyOf(job, part, wantedOf(plan) ?? 'own'),
      reference: agent.parameters,
      preferred: preferredBy(plan),
    },
    identity: identityOf(job, part),
    store,
  })
  const { parameters, step, stopped, history } = yield* relay(
    learning,
    function* (report): Iterable<TrainingReport> {
      if (report.kind === 'checkpoint') {
        yield { kind: 'checkpoint', part, step: report.step }
        return
      }
      yield pointOf({ ...report.point, ...styleMetric(plan, report.trajectories) })
      yield pathsReport(report.trajectories, shown)
      yield { kind: 'progress', part, done: report.point.update + 1 }
    },
  )
  const last = history.at(-1)
  if (last !== undefined && isFinitePoint(last)) yield pointOf(last)
  const problem = stopped === 'diverged' ? divergence(last, recipe.klLimit, step) : undefined
  return { layout: agent.layout, parameters, notes: { step, stopped, problem } }
}

function pointOf({ update, ...metrics }: ReinforcementPoint): TrainingReport {
  return { kind: 'point', curve: CURVE, point: { step: update, ...metrics } }
}

function isFinitePoint(point: ReinforcementPoint): boolean {
  return Object.values(point).every(Number.isFinite)
}

function divergence(last: ReinforcementPoint | undefined, limit: number, kept: number): string {
  const found =
    last !== undefined && last.kl > limit
      ? `the divergence from the starting policy was ${last.kl.toFixed(0)} nats per episode, above the limit of ${limit}`
      : 'a value became NaN or infinite'
  const rest = kept > 0 ? `the agent from update ${kept} is saved` : 'no agent is saved'
  return `After update ${last?.update ?? kept}, ${found}: ${rest}; lower the learning rate or raise the KL penalty, and train again.`
}
