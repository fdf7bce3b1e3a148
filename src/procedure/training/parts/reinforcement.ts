import {
  REINFORCEMENT_FIELDS,
  REWARD_FIELDS,
  type ReinforcementPoint,
  readRecipe,
  relay,
  type Trajectory,
} from '../../../alignment/index.ts'
import { outcomeTable } from '../../../evaluation/outcomes.ts'
import type { NetworkParameters } from '../../play.ts'
import { REINFORCEMENT_CHECKPOINT, runReinforcement } from '../../reinforcement-job.ts'
import { shareOfBlocks } from '../cost.ts'
import type { PartDefinition } from '../definitions.ts'
import { identityOf, keyOf, type TrainingJob } from '../job.ts'
import { type PartResult, RESULT_FILES } from '../kept.ts'
import { recipeOf, type TrainingPlan, wantedOf } from '../plan.ts'
import type { EpisodePath, TrainingReport } from '../reports.ts'
import { TAB_LAYERS } from './tab.ts'

/** Maximum number of paths shown per update: more cannot be told apart on a map. */
const PATHS = 24

/**
 * Settings of reinforcement learning in the tab: fewer episodes per update, and more updates, reach
 * the same result with fewer episodes in total. After sixty updates nine in ten episodes have the
 * outcome that fifty labels preferred, after a hundred most of the rest (docs/methods/in-the-tab.md).
 */
const TAB_REINFORCEMENT = {
  layers: TAB_LAYERS,
  episodesPerUpdate: 64,
  clipsPerBatch: 8,
  steps: 100,
} as const

const CURVE = 'reinforcement'
const line = (metric: keyof ReinforcementPoint) => [{ curve: CURVE, metric, of: 'policy' }] as const

export const reinforcement: PartDefinition = {
  name: 'reinforcement',
  head: 'policy',
  title: 'Reinforcement learning',
  about:
    'The agent plays, the reward model scores, and decisions that score well become more likely.',
  fields: REINFORCEMENT_FIELDS,
  mainFields: ['steps', 'episodesPerUpdate', 'klWeight'],
  defaults: () => readRecipe(REINFORCEMENT_FIELDS, TAB_REINFORCEMENT),
  charts: [
    {
      id: 'learnt reward',
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
      needsOutcome: true,
      lines: line('preference'),
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
  ],
  summary: [
    { curve: CURVE, metric: 'reward', name: 'reward', digits: 1, change: true },
    { curve: CURVE, metric: 'kl', name: 'KL', digits: 0 },
  ],
  outcome({ [CURVE]: points = [] }, diverged) {
    const [first, last] = [points[0], points.at(-1)]
    if (!first || !last || first === last) return undefined
    const [before, after, kl] = [first.reward, last.reward, last.kl].map((value) => value ?? 0)
    const updates = last.step - first.step
    // The model kept from a run that diverged is older than its last update.
    const until = diverged ? ', before training was stopped' : ''
    return `The learned reward went from ${before?.toFixed(2)} to ${after?.toFixed(2)} in ${updates} ${updates === 1 ? 'update' : 'updates'}, ${kl?.toFixed(1)} nats per episode away from the starting policy${until}.`
  },
  counter: { curve: CURVE, plus: 1 },
  pausesAtCheckpoints: true,
  files: { checkpoint: REINFORCEMENT_CHECKPOINT, result: RESULT_FILES.policy },
  seconds(plan, { play, look, learn }) {
    const recipe = readRecipe(REINFORCEMENT_FIELDS, recipeOf(plan, 'reinforcement'))
    const { steps, episodesPerUpdate, epochs } = recipe
    const share = shareOfBlocks(recipe)
    return (
      (steps + 1) * episodesPerUpdate * (play + look * (share + scoringShare(plan))) +
      steps * episodesPerUpdate * epochs * learn * share
    )
  },
}

/**
 * Returns the cost of scoring a clip, as a share of a full forward pass: a reward model trained in the
 * same plan, on the policy's own blocks, reuses their residual stream.
 */
function scoringShare(plan: TrainingPlan): number {
  return 'recipes' in plan ? shareOfBlocks(readRecipe(REWARD_FIELDS, recipeOf(plan, 'reward'))) : 1
}

/** Trains a policy by reinforcement learning on the rewards of a reward model. */
export async function* reinforcementPart(
  job: TrainingJob,
  agent: NetworkParameters,
  reward: NetworkParameters,
): AsyncGenerator<TrainingReport, PartResult> {
  const { device, plan, store, control } = job
  const part = 'reinforcement'
  const recipe = readRecipe(REINFORCEMENT_FIELDS, recipeOf(plan, part))
  const wanted = wantedOf(plan)
  yield { kind: 'part', part, unit: 'updates', of: recipe.steps }
  const learning = runReinforcement({
    options: {
      ...{ device, recipe, reward, control, layout: agent.layout, start: 'spawn' },
      key: keyOf(job, part, wanted ?? 'own'),
      reference: agent.parameters,
      preferred: ({ ending }) => ending === wanted,
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
      yield pointOf(report.point)
      yield {
        kind: 'paths',
        paths: report.trajectories.slice(0, PATHS).map(seenPath),
        endings: outcomeTable(report.trajectories).outcomes,
      }
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

function seenPath({ path, ending }: Trajectory): EpisodePath {
  return { points: path, ending }
}
