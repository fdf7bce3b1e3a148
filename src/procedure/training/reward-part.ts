import { DivergedError, REWARD_FIELDS, readRecipe } from '../../alignment/index.ts'
import { splitKey } from '../../island/index.ts'
import {
  heldOutScores,
  type LearntReward,
  lastGoodReward,
  type RewardJob,
  runReward,
} from '../reward-job.ts'
import { type HeldOutSplit, holdOut } from './hold-out.ts'
import { identityOf, isStopped, keyOf, type TrainingJob } from './job.ts'
import type { PartNotes, PartResult } from './kept.ts'
import type { Material } from './material.ts'
import { wantedOf } from './names.ts'
import { TrainingProblem } from './problem.ts'
import { problemsOf } from './problems.ts'
import { partsOf, recipeOf } from './recipes.ts'
import type { TrainingReport } from './reports.ts'

/** Number of held-out evaluations requested during training, besides the one at the end. */
const LOOKS = 10

/**
 * Maximum number of clips on which rewards are normalised to mean 0 and standard deviation 1: more
 * hardly change them.
 */
const REFERENCE_CLIPS = 200

/**
 * Trains a reward model. Throws a `TrainingProblem` when the labels do not suffice, and a
 * `DivergedError` when training diverges before its first checkpoint.
 */
export async function* rewardPart(
  job: TrainingJob,
  material: Material,
): AsyncGenerator<TrainingReport, PartResult> {
  const { plan } = job
  const [problem] = problemsOf(material, 'labels' in plan ? plan.labels.kind : undefined)
  if (problem !== undefined) throw new TrainingProblem(problem)
  const { task, steps } = taskOf(job, material)
  const part = 'reward'
  yield { kind: 'part', part, parts: partsOf(job.plan), unit: 'updates', of: steps }
  const learning = runReward(task)
  try {
    for (;;) {
      const next = await learning.next()
      if (next.done === true) {
        const { step } = next.value
        const stopped = step < steps && isStopped(job) ? 'by hand' : 'last update'
        const result = await withScores(task, next.value, { step, stopped })
        const scores = result.notes.heldOut
        if (scores !== undefined) yield { kind: 'held out', part, step, ...scores }
        return result
      }
      const report = next.value
      const { step } = report
      if (report.kind === 'update') {
        yield { kind: 'loss', part, step, loss: report.loss }
        yield { kind: 'progress', part, done: step }
      } else if (report.kind === 'checkpoint') {
        yield { kind: 'checkpoint', part, step }
      } else {
        yield { kind: 'held out', part, step, ...report.scores }
      }
    }
  } catch (error) {
    if (!(error instanceof DivergedError)) throw error
    const good = await lastGoodReward(task)
    if (good === undefined) throw error
    const notes = { step: good.step, stopped: 'diverged', problem: error.message } as const
    return withScores(task, good, notes)
  }
}

function taskOf(job: TrainingJob, { clips, comparisons }: Material) {
  const { device, plan, start, store, asked } = job
  const recipe = readRecipe(REWARD_FIELDS, recipeOf(plan, 'reward'))
  const key = keyOf(job, 'reward', wantedOf(plan) ?? 'own')
  const { training, heldOut }: HeldOutSplit = holdOut(comparisons, splitKey(key, 'held out'))
  const every = Math.ceil(recipe.steps / LOOKS)
  const task: RewardJob = {
    ...{ device, recipe, key, clips, store, heldOut },
    agent: start,
    encoder: 'agent',
    comparisons: training,
    reference: clips.slice(0, REFERENCE_CLIPS),
    identity: identityOf(job, 'reward'),
    asked: {
      ...(asked?.stop && { stop: asked.stop }),
      checkpoint: (step) => step % every === 0 || asked?.checkpoint?.(step) === true,
    },
  }
  return { task, steps: recipe.steps }
}

async function withScores(
  task: RewardJob,
  { layout, parameters, deviation }: LearntReward,
  notes: PartNotes,
): Promise<PartResult> {
  const scores = task.heldOut?.length
    ? await heldOutScores(task, { layout, parameters })
    : undefined
  return { layout, parameters, notes: { ...notes, deviation, ...(scores && { heldOut: scores }) } }
}
