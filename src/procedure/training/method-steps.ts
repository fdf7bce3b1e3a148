/** Steps shared by the methods of training. */
import type { NetworkParameters } from '../play.ts'
import type { PartDefinition } from './definitions.ts'
import { identityOf, type TrainingJob } from './job.ts'
import { loadModel, type PartResult, saveModel } from './kept.ts'
import { labelledMaterial } from './parts/clips.ts'
import { reward as rewardDefinition, rewardPart } from './parts/reward.ts'
import type { LabelSource } from './plan.ts'
import { TrainingProblem } from './problem.ts'
import type { TrainingReport, TrainingResult } from './reports.ts'

export type Running<T> = AsyncGenerator<TrainingReport, T>

/** Result of a training that was stopped before it produced anything. */
const NOTHING: TrainingResult = {
  policy: undefined,
  reward: undefined,
  stopped: 'by hand',
  problem: undefined,
  heldOut: undefined,
}

/** Returns the stored result of a part, or else runs the part and stores its result. */
export async function* resumeOrRun(
  job: TrainingJob,
  { name, head, files: { result: file } }: PartDefinition,
  run: () => Running<PartResult | undefined>,
): Running<PartResult | undefined> {
  if (head === undefined || file === undefined) return yield* run()
  const identity = identityOf(job, name)
  const kept = await loadModel(job.store, file, identity, job.start.layout.size, head)
  if (kept !== undefined) {
    yield { kind: 'part', part: name, unit: 'updates', of: kept.notes.step }
    yield { kind: 'progress', part: name, done: kept.notes.step }
    return kept
  }
  const made = yield* run()
  if (made !== undefined) await saveModel(job.store, file, identity, made)
  return made
}

/** Trains a reward model on labels; returns undefined if it was stopped before it began. */
export function learnReward(
  job: TrainingJob,
  labels: LabelSource,
): Running<PartResult | undefined> {
  return resumeOrRun(job, rewardDefinition, async function* () {
    const material = yield* labelledMaterial(job, labels)
    return material && (yield* rewardPart(job, material))
  })
}

/** Returns the reward model that a plan refers to. Throws a `TrainingProblem` if it is missing. */
export function rewardOf({ reward, plan }: TrainingJob): NetworkParameters {
  if (reward !== undefined) return reward
  throw new TrainingProblem(`The training “${plan.kind}” needs a reward model: choose one`)
}

/** Returns whether a part ended well enough for the next one to begin. */
export function endedWell({ notes }: PartResult): boolean {
  return notes.stopped === 'last update' || notes.stopped === 'converged'
}

/** Returns the result of a training whose last parts gave these models. */
export function resultOf(
  reward: PartResult | undefined,
  policy: PartResult | undefined,
): TrainingResult {
  const last = policy ?? reward
  if (last === undefined) return NOTHING
  const { stopped, problem } = last.notes
  return {
    // Without an update a model is still the one that training started from.
    policy: policy !== undefined && policy.notes.step > 0 ? policy : undefined,
    reward: reward !== undefined && reward.notes.step > 0 ? learntReward(reward) : undefined,
    stopped,
    problem,
    heldOut: reward?.notes.heldOut,
  }
}

function learntReward({ layout, parameters, notes }: PartResult) {
  return { layout, parameters, deviation: notes.deviation ?? 1, step: notes.step }
}
