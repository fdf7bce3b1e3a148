import type { Key, StartKind } from '../island/index.ts'
import type { ParameterLayout } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import type { Asked } from './asked.ts'
import type { Snapshot } from './learner.ts'
import type { ReinforcementRecipe } from './reinforcement-recipe.ts'
import type { Trajectory } from './rollout.ts'
import type { StopReason } from './stopping.ts'
import type { ValueStatistics } from './value-baseline.ts'

/** What one update saw; means over its episodes, which the policy played before the update. */
export interface ReinforcementPoint {
  /** Updates made before these episodes were played. */
  readonly update: number
  /** Learnt reward. */
  readonly reward: number
  /** Share of episodes that did what is wanted: for show, never used. */
  readonly preference: number
  /** KL divergence to the starting policy, nats an episode. */
  readonly kl: number
  /** Entropy of a decision, nats. */
  readonly entropy: number
  /** Decisions an episode. */
  readonly length: number
}

export type ReinforcementReport =
  | {
      readonly kind: 'update'
      readonly point: ReinforcementPoint
      readonly rate: number
      /** Global norm of the gradient per decision before clipping, the mean over the steps. */
      readonly gradientNorm: number
      /** Σ log π(a) of the first batch by the gradient graph less that by which it was sampled, nats. */
      readonly mismatch: number
      /** The update's episodes, for show. */
      readonly trajectories: readonly Trajectory[]
    }
  | {
      readonly kind: 'checkpoint'
      /** Updates made. */
      readonly step: number
      readonly snapshot: Snapshot
      readonly values: ValueStatistics | undefined
    }

export interface ReinforcementOptions {
  readonly device: Device
  /** Of the policy. */
  readonly layout: ParameterLayout
  readonly recipe: ReinforcementRecipe
  readonly key: Key
  readonly start: StartKind
  /** The starting policy, to which the divergence is measured. */
  readonly reference: Float32Array
  /** A reward model whose rewards are normalised. */
  readonly reward: { readonly layout: ParameterLayout; readonly parameters: Float32Array }
  /** Whether an episode did what is wanted, as its judge sees it: for show, never used. */
  readonly preferred: (trajectory: Trajectory) => boolean
  /** Where an earlier run of the same options stopped (the parameters that learn alone), and what it had seen until then. */
  readonly from?: Snapshot | undefined
  readonly history?: readonly ReinforcementPoint[]
  readonly values?: ValueStatistics | undefined
  readonly asked?: Asked | undefined
}

export interface Reinforced {
  readonly parameters: Float32Array
  /** Updates made before the parameters that are given. */
  readonly step: number
  readonly stopped: StopReason | 'last update' | 'by hand'
  readonly history: readonly ReinforcementPoint[]
}
