/** Steps shared by the methods of training. */
import type { NetworkParameters } from '../play.ts'
import type { PartDefinition } from './definitions.ts'
import { identityOf, type TrainingJob } from './job.ts'
import { loadModel, type PartResult, saveModel } from './kept.ts'
import { labelledMaterial } from './parts/clips.ts'
import { reward as rewardDefinition, rewardPart } from './parts/reward.ts'
import type { LabelSource } from './plan.ts'
import { TrainingProblem } from './problem.ts'
import type { TrainingPart, TrainingReport, TrainingResult } from './reports.ts'

export type Running<T> = AsyncGenerator<TrainingReport, T>

/** Result of a training that was stopped before it produced anything. */
const NOTHING: TrainingResult = {
  policy: undefined,
  reward: undefined,
  stopped: 'by hand',
  problem: undefined,
  heldOut: undefined,
}

/** Result of a part, with the part that gave it. */
export interface PartsResult extends PartResult {
  readonly part: TrainingPart
}

/** Returns the stored result of a part, or else runs the part and stores its result. */
export async function* resumeOrRun(
  job: TrainingJob,
  { name, head, files: { result: file } }: PartDefinition,
  run: () => Running<PartResult | undefined>,
): Running<PartsResult | undefined> {
  if (head === undefined || file === undefined) throw new Error(`The part ${name} makes no model`)
  const identity = identityOf(job, name)
  const kept = await loadModel(job.store, file, identity, job.start.layout.size, head)
  if (kept !== undefined) {
    yield { kind: 'part', part: name, unit: 'updates', of: kept.notes.step }
    yield { kind: 'progress', part: name, done: kept.notes.step }
    return { ...kept, part: name }
  }
  const made = yield* run()
  if (made === undefined) return undefined
  await saveModel(job.store, file, identity, made)
  return { ...made, part: name }
}

/** Trains a reward model on labels; returns undefined if it was stopped before it began. */
export function learnReward(
  job: TrainingJob,
  labels: LabelSource,
): Running<PartsResult | undefined> {
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

/** Returns the result of a training whose parts gave these models; `policies` in the order of the parts. */
export function resultOf(
  reward: PartResult | undefined,
  ...policies: readonly (PartsResult | undefined)[]
): TrainingResult {
  const last = policies.findLast((each) => each !== undefined) ?? reward
  if (last === undefined) return NOTHING
  const { stopped, problem } = last.notes
  // Without an update a model is still the one that its part started from.
  const made = (each: PartResult | undefined) => each !== undefined && each.notes.step > 0
  return {
    policy: policies.findLast(made),
    reward: reward !== undefined && made(reward) ? learntReward(reward) : undefined,
    stopped,
    problem,
    heldOut: reward?.notes.heldOut,
  }
}

function learntReward({ layout, parameters, notes }: PartResult) {
  return { layout, parameters, deviation: notes.deviation ?? 1, step: notes.step }
}
