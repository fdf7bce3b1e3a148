import type { Asked, Comparison } from '../../alignment/index.ts'
import type { Clip } from '../../alignment/labels/index.ts'
import { type Key, rootKey, splitKey } from '../../island/index.ts'
import type { Device } from '../../runtime/index.ts'
import type { PolicyParameters } from '../play.ts'
import type { Store } from '../store.ts'
import type { TrainingPlan } from './plan.ts'
import type { TrainingPart } from './reports.ts'

/** What people gave: clips, and comparisons of them by index; fine-tuning has no comparisons. */
export interface TrainingData {
  readonly clips: readonly Clip[]
  readonly comparisons: readonly Comparison[]
}

export interface TrainingJob {
  readonly plan: TrainingPlan
  /** The policy of `plan.start`. */
  readonly start: PolicyParameters
  /** The reward model of `plan.reward`, of plans that have one. */
  readonly reward?: PolicyParameters | undefined
  /** What `plan` learns from where people made it. */
  readonly data?: TrainingData | undefined
  readonly device: Device
  /** A folder for this run alone: checkpoints and results of parts. */
  readonly store: Store
  readonly asked?: Asked | undefined
}

/** What a part's files say they belong to: the plan decides all that comes out. */
export function identityOf({ plan }: TrainingJob, part: TrainingPart): string {
  return JSON.stringify([part, plan])
}

/** The branch of keys of one part of a training. */
export function keyOf({ plan }: TrainingJob, ...path: (string | number)[]): Key {
  return splitKey(rootKey(plan.seed), 'training', ...path)
}

export function isStopped({ asked }: TrainingJob): boolean {
  return asked?.stop?.() === true
}
