import { type Comparison, REWARD_FIELDS, readRecipe, relay } from '../../../alignment/index.ts'
import { type Key, splitKey } from '../../../island/index.ts'
import {
  heldOutScores,
  type LearntReward,
  REWARD_CHECKPOINT,
  type RewardJob,
  runReward,
} from '../../reward-job.ts'
import { rewardSteps } from '../../stages.ts'
import { shareOfBlocks } from '../cost.ts'
import type { PartDefinition } from '../definitions.ts'
import { type HeldOutSplit, holdOut } from '../hold-out.ts'
import { identityOf, keyOf, type TrainingJob } from '../job.ts'
import { type PartResult, RESULT_FILES } from '../kept.ts'
import { recipeOf, type TrainingPlan, wantedOf } from '../plan.ts'
import type { TrainingReport } from '../reports.ts'
import { clipsOf, type TrainingMaterial } from './clips.ts'

/** Number of held-out evaluations requested during training, besides the one at the end. */
const LOOKS = 10

/**
 * Maximum number of clips on which rewards are normalised to mean 0 and standard deviation 1: more
 * hardly change them.
 */
const REFERENCE_CLIPS = 200

/**
 * Settings of reward models in the tab: every second frame takes half the time and is as accurate at twice
 * the learning rate (docs/methods/reward-model.md), and Muon is more accurate on average (docs/methods/in-the-tab-trials.md).
 */
const TAB_REWARD = { stride: 2, peakRate: 2e-3, optimiser: 'muon' } as const

export const reward: PartDefinition = {
  name: 'reward',
  head: 'reward',
  title: 'Reward model',
  about:
    'Learns from the labels to score clips. With sixty or more labels that prefer a side, some are held out to measure accuracy.',
  fields: REWARD_FIELDS,
  mainFields: ['steps', 'trunk'],
  defaults: ({ comparisons }) =>
    readRecipe(REWARD_FIELDS, {
      ...TAB_REWARD,
      ...(comparisons && { steps: rewardSteps(comparisons) }),
    }),
  charts: [
    {
      id: 'accuracy',
      title: 'Accuracy on held-out labels',
      unit: ' %',
      digits: 0,
      domain: [0, 100],
      scale: 100,
      mark: { value: 50, words: 'chance' },
      lines: [{ curve: 'rewardHeldOut', metric: 'accuracy', of: 'held out' }],
    },
    {
      id: 'reward loss',
      title: 'Reward model loss',
      unit: ' nats per pair',
      digits: 3,
      domain: [0, 'auto'],
      mark: { value: Math.LN2, words: 'chance' },
      lines: [
        { curve: 'reward', metric: 'loss', of: 'training' },
        { curve: 'rewardHeldOut', metric: 'loss', of: 'held out' },
      ],
    },
  ],
  summary: [],
  counter: { curve: 'reward', plus: 0 },
  pausesAtCheckpoints: true,
  files: { checkpoint: REWARD_CHECKPOINT, result: RESULT_FILES.reward },
  seconds(plan, { watch, look, learn }) {
    const recipe = readRecipe(REWARD_FIELDS, recipeOf(plan, 'reward'))
    const { steps, pairsPerBatch, trunk, stride } = recipe
    const compared = 'labels' in plan ? clipsOf(plan.labels) : 0
    // A frozen trunk runs over each clip only once.
    if (trunk === 'frozen') return compared * (watch + look)
    return (steps * 2 * pairsPerBatch * (watch + learn * shareOfBlocks(recipe))) / stride
  },
}

/**
 * Trains a reward model. If it diverges, the result is the last checkpoint or, with step 0, the model
 * before training.
 */
export async function* rewardPart(
  job: TrainingJob,
  material: TrainingMaterial,
): AsyncGenerator<TrainingReport, PartResult> {
  const { task, steps } = taskOf(job, material)
  const part = 'reward'
  yield { kind: 'part', part, unit: 'updates', of: steps }
  const learnt = yield* relay(runReward(task), function* (report): Iterable<TrainingReport> {
    const { step } = report
    if (report.kind === 'update') {
      yield { kind: 'point', curve: 'reward', point: { step, loss: report.loss } }
      yield { kind: 'progress', part, done: step }
    } else if (report.kind === 'checkpoint') {
      yield { kind: 'checkpoint', part, step }
    } else {
      yield { kind: 'point', curve: 'rewardHeldOut', point: { step, ...report.scores } }
    }
  })
  const result = await withScores(task, learnt)
  const { step, heldOut } = result.notes
  if (heldOut !== undefined)
    yield { kind: 'point', curve: 'rewardHeldOut', point: { step, ...heldOut } }
  return result
}

function taskOf(job: TrainingJob, { clips, comparisons }: TrainingMaterial) {
  const { device, plan, start, store, control } = job
  const recipe = readRecipe(REWARD_FIELDS, recipeOf(plan, 'reward'))
  const key = rewardKey(plan)
  const { training, heldOut } = heldOutSplit(plan, comparisons)
  const every = Math.ceil(recipe.steps / LOOKS)
  const task: RewardJob = {
    ...{ device, recipe, key, clips, store, heldOut },
    agent: start,
    encoder: 'agent',
    comparisons: training,
    reference: clips.slice(0, REFERENCE_CLIPS),
    identity: identityOf(job, 'reward'),
    control: {
      ...(control?.stop && { stop: control.stop }),
      checkpoint: (step) => step % every === 0 || control?.checkpoint?.(step) === true,
    },
  }
  return { task, steps: recipe.steps }
}

function rewardKey(plan: TrainingPlan): Key {
  return keyOf({ plan }, 'reward', wantedOf(plan) ?? 'own')
}

/** Returns the comparisons that a plan's reward model learns from, and those on which it is tested. */
export function heldOutSplit(plan: TrainingPlan, comparisons: readonly Comparison[]): HeldOutSplit {
  return holdOut(comparisons, splitKey(rewardKey(plan), 'held out'))
}

async function withScores(
  task: RewardJob,
  { layout, parameters, deviation, step, stopped, problem }: LearntReward,
): Promise<PartResult> {
  const heldOut =
    step > 0 && task.heldOut?.length ? await heldOutScores(task, { layout, parameters }) : undefined
  return { layout, parameters, notes: { step, stopped, problem, deviation, heldOut } }
}
