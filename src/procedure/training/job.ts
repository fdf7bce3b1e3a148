import type { Comparison, LoopControl, OpenPlayer } from '../../alignment/index.ts'
import type { Clip } from '../../alignment/labels/index.ts'
import { type IslandMap, type Key, mapDigest, rootKey, splitKey } from '../../island/index.ts'
import type { Device } from '../../runtime/index.ts'
import type { NetworkParameters } from '../play.ts'
import type { Store } from '../store.ts'
import { amountOf, islandIn, recipeOf, styleWishOf, type TrainingPlan } from './plan.ts'
import type { TrainingPart } from './reports.ts'

/** Data made by people: clips, and comparisons of them by index; fine-tuning has no comparisons. */
export interface TrainingData {
  readonly clips: readonly Clip[]
  readonly comparisons: readonly Comparison[]
}

export interface TrainingJob {
  readonly plan: TrainingPlan
  /** Policy that `plan.start` refers to. */
  readonly start: NetworkParameters
  /** Reward model that `plan.reward` refers to, for plans that have one. */
  readonly reward?: NetworkParameters | undefined
  /** Data that `plan` learns from, where people made it. */
  readonly data?: TrainingData | undefined
  readonly device: Device
  /** Opens the player of episodes; on `device` if omitted. */
  readonly openPlayer?: OpenPlayer | undefined
  /** Store of this run alone, for checkpoints and results of parts. */
  readonly store: Store
  readonly control?: LoopControl | undefined
}

/**
 * Returns the identity stored in the files of a part; the plan determines the whole result. A plan that
 * an earlier version could express is identified as there, so that a run that an earlier release began
 * resumes.
 */
export function identityOf({ plan }: Pick<TrainingJob, 'plan'>, part: TrainingPart): string {
  return JSON.stringify([part, { ...plan, version: firstVersionOf(plan) }])
}

/** Returns the first version of plans that could express a plan. */
function firstVersionOf(plan: TrainingPlan): number {
  if ('reward' in plan && styleWishOf(plan) !== undefined) return 6
  if (amountOf(plan).elsewhere) return 5
  if (!('labels' in plan)) return 1
  const { labels } = plan
  if (recipeOf(plan, 'reinforcement').islands === 'labelled') return 4
  if (labels.kind === 'judge' && typeof labels.wanted !== 'string') return 3
  return labels.kind === 'study' ? 2 : 1
}

/**
 * Returns the islands on which a training plays, in turn: the one that its plan names, those of the clips
 * that people compared, or the first one. Undefined stands for the first one.
 */
export function islandsOf({
  plan,
  data,
}: Pick<TrainingJob, 'plan' | 'data'>): readonly PlayedMap[] {
  const named = islandIn(plan)
  if (named !== undefined) return [named.map]
  const islands = new Map<string, PlayedMap>()
  for (const { island } of data?.clips ?? []) islands.set(island ? mapDigest(island) : '', island)
  return islands.size === 0 ? [undefined] : [...islands.values()]
}
type PlayedMap = IslandMap | undefined

/** Returns the branch of random keys for one part of a training. */
export function keyOf({ plan }: Pick<TrainingJob, 'plan'>, ...path: (string | number)[]): Key {
  return splitKey(rootKey(plan.seed), 'training', ...path)
}

export function isStopped({ control }: TrainingJob): boolean {
  return control?.stop?.() === true
}
