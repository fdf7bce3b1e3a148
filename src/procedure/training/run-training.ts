/** Runs the parts of a training one after another, as its plan says. */
import type { PolicyParameters } from '../play.ts'
import type { LearntReward } from '../reward-job.ts'
import { imitationPart } from './imitation-part.ts'
import { identityOf, type TrainingJob } from './job.ts'
import { keepModel, keptModel, type PartResult, RESULT_FILES } from './kept.ts'
import { labelledMaterial, peoplesMaterial } from './material.ts'
import type { LabelSource, TrainingPlan } from './plan.ts'
import { preferencePart, reinforcementPart } from './policy-parts.ts'
import { TrainingProblem } from './problem.ts'
import { partsOf } from './recipes.ts'
import type { TrainingReport, TrainingResult } from './reports.ts'
import { rewardPart } from './reward-part.ts'

type Running<T> = AsyncGenerator<TrainingReport, T>
type PlanOf<Kind extends TrainingPlan['kind']> = Extract<TrainingPlan, { kind: Kind }>

/** Result of a training that was stopped before it produced anything. */
const NOTHING: TrainingResult = {
  policy: undefined,
  reward: undefined,
  stopped: 'by hand',
  problem: undefined,
  heldOut: undefined,
}

/**
 * Runs a training to its end. The result of a part depends on the plan, the models, the data and
 * the device alone: a training killed at any time and run again with the same store resumes from
 * the last checkpoint and gives the same result, bit for bit on one device. Files stay in the store
 * until the caller has stored the result. Throws a `TrainingProblem` where there is too little to
 * learn from or no reward model, and a `DivergedError` where a reward model diverges before its
 * first checkpoint.
 */
export async function* runTraining(job: TrainingJob): Running<TrainingResult> {
  const { plan } = job
  switch (plan.kind) {
    case 'fine-tune':
      return yield* fineTune(job)
    case 'reward':
      return resultOf(yield* learnReward(job, plan.labels), undefined)
    case 'preference': {
      const reward = rewardOf(job)
      const tuned = yield* once(job, 'preference', () => preferencePart(job, reward))
      return resultOf(undefined, tuned)
    }
    case 'reinforcement': {
      const reward = rewardOf(job)
      const learnt = yield* once(job, 'reinforcement', () =>
        reinforcementPart(job, job.start, reward),
      )
      return resultOf(undefined, learnt)
    }
    case 'align':
      return yield* align(job, plan)
  }
}

async function* fineTune(job: TrainingJob): Running<TrainingResult> {
  return resultOf(
    undefined,
    yield* once(job, 'imitation', async function* () {
      const material = yield* peoplesMaterial(job)
      if (material?.clips.length === 0) {
        throw new TrainingProblem(
          'Found no clips that can be learnt from, expected at least one: choose some',
        )
      }
      return material && (yield* imitationPart(job, material.clips))
    }),
  )
}

function learnReward(job: TrainingJob, labels: LabelSource): Running<PartResult | undefined> {
  return once(job, 'reward', async function* () {
    const material = yield* labelledMaterial(job, labels)
    return material && (yield* rewardPart(job, material))
  })
}

/**
 * Trains a reward model, then a policy by preference fine-tuning (if planned) and reinforcement
 * learning, as long as each part ends well.
 */
async function* align(job: TrainingJob, plan: PlanOf<'align'>): Running<TrainingResult> {
  const reward = yield* learnReward(job, plan.labels)
  if (reward === undefined || !endedWell(reward)) return resultOf(reward, undefined)
  const tuned = plan.preferenceFineTuning
    ? yield* once(job, 'preference', () => preferencePart(job, reward))
    : undefined
  if (tuned !== undefined && !endedWell(tuned)) return resultOf(reward, tuned)
  const agent: PolicyParameters = tuned ?? job.start
  return resultOf(
    reward,
    yield* once(job, 'reinforcement', () => reinforcementPart(job, agent, reward)),
  )
}

const FILES = {
  imitation: RESULT_FILES.policy,
  reward: RESULT_FILES.reward,
  preference: RESULT_FILES.preference,
  reinforcement: RESULT_FILES.policy,
} as const

/** Returns the stored result of a part, or else makes and stores it. */
async function* once(
  job: TrainingJob,
  part: keyof typeof FILES,
  make: () => Running<PartResult | undefined>,
): Running<PartResult | undefined> {
  const [file, identity] = [FILES[part], identityOf(job, part)]
  const head = part === 'reward' ? 'reward' : 'policy'
  const kept = await keptModel(job.store, file, identity, job.start.layout.size, head)
  if (kept !== undefined) {
    const parts = partsOf(job.plan)
    yield { kind: 'part', part, parts, unit: 'updates', of: kept.notes.step }
    yield { kind: 'progress', part, done: kept.notes.step }
    return kept
  }
  const made = yield* make()
  if (made !== undefined) await keepModel(job.store, file, identity, made)
  return made
}

function endedWell({ notes }: PartResult): boolean {
  return notes.stopped === 'last update' || notes.stopped === 'converged'
}

function resultOf(reward: PartResult | undefined, policy: PartResult | undefined): TrainingResult {
  const last = policy ?? reward
  if (last === undefined) return NOTHING
  const { stopped, problem } = last.notes
  return {
    // Without an update the policy is still the one that it began with.
    policy: policy !== undefined && policy.notes.step > 0 ? policy : undefined,
    reward: reward && learntReward(reward),
    stopped,
    problem,
    heldOut: reward?.notes.heldOut,
  }
}

function learntReward({ layout, parameters, notes }: PartResult): LearntReward {
  return { layout, parameters, deviation: notes.deviation ?? 1, step: notes.step }
}

function rewardOf({ reward, plan }: TrainingJob): PolicyParameters {
  if (reward !== undefined) return reward
  throw new TrainingProblem(`The training “${plan.kind}” needs a reward model: choose one`)
}
