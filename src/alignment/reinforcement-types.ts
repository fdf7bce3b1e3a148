import type { IslandMap, Key, StartKind } from '../island/index.ts'
import type { ParameterLayout } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import type { Snapshot } from './learner.ts'
import type { Ended, LoopControl } from './loop-control.ts'
import type { OpenPlayer } from './player.ts'
import type { ReinforcementRecipe } from './reinforcement-recipe.ts'
import type { Trajectory } from './rollout.ts'
import type { ValueStatistics } from './value-baseline.ts'

/** Metrics of one update: means over its episodes, which the policy played before the update. */
export interface ReinforcementPoint {
  /** Number of updates made before these episodes were played. */
  readonly update: number
  /** Learnt reward per episode. */
  readonly reward: number
  /** Share of episodes with the preferred outcome: for display only, never used in training. */
  readonly preference: number
  /** KL divergence from the starting policy, nats per episode. */
  readonly kl: number
  /** Entropy of the policy, nats per decision. */
  readonly entropy: number
  /** Number of decisions per episode. */
  readonly length: number
}

export type ReinforcementReport =
  | {
      readonly kind: 'update'
      readonly point: ReinforcementPoint
      readonly rate: number
      /** Global norm of the gradient per decision before clipping, averaged over the optimiser steps. */
      readonly gradientNorm: number
      /** Σ log π(a) over the first batch in the gradient graph minus its value at sampling, nats. */
      readonly mismatch: number
      /** Episodes of the update, for display. */
      readonly trajectories: readonly Trajectory[]
    }
  | {
      readonly kind: 'checkpoint'
      /** Number of updates made. */
      readonly step: number
      readonly snapshot: Snapshot
      readonly values: ValueStatistics | undefined
    }

export interface ReinforcementOptions {
  readonly device: Device
  /** Opens the player of the episodes; on `device` if omitted. */
  readonly openPlayer?: OpenPlayer | undefined
  /** Layout of the whole policy. */
  readonly layout: ParameterLayout
  readonly recipe: ReinforcementRecipe
  readonly key: Key
  readonly start: StartKind
  /** Islands where clips were labelled, the first one if omitted; undefined stands for the first one. */
  readonly islands?: readonly (IslandMap | undefined)[]
  /** Parameters of the starting policy, from which the KL divergence is measured. */
  readonly reference: Float32Array
  /** Reward model whose rewards are normalised. */
  readonly reward: { readonly layout: ParameterLayout; readonly parameters: Float32Array }
  /** Returns whether an episode has the preferred outcome: for display only, never used in training. */
  readonly preferred: (trajectory: Trajectory) => boolean
  /**
   * Snapshot of the trained part in an earlier run with the same options, to resume from; `history` and
   * `values` hold that run's points and statistics up to then.
   */
  readonly from?: Snapshot | undefined
  readonly history?: readonly ReinforcementPoint[]
  readonly values?: ValueStatistics | undefined
  readonly control?: LoopControl | undefined
}

export interface Reinforced extends Ended {
  readonly parameters: Float32Array
  /** Number of updates that led to the returned parameters. */
  readonly step: number
  readonly history: readonly ReinforcementPoint[]
}
