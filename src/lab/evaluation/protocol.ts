/** Interface between the Evaluate page and its worker: what to play, and the results. */

import type { Ending, IslandMap, StartKind } from '../../island/index.ts'
import type { DeviceChoice, ModelSource } from '../worker/choices.ts'
import type { ProblemKind } from '../worker/errors.ts'

/** Everything that determines an evaluation: the same order yields the same episodes on one device. */
export interface EvaluationOrder {
  readonly policies: readonly ModelSource[]
  /** Reward models that score the episodes. */
  readonly rewards: readonly ModelSource[]
  readonly episodes: number
  readonly seed: number
  readonly start: StartKind
  /** Island that is played on; the first one if omitted. */
  readonly island?: IslandMap
  readonly device: DeviceChoice
}

/** Finished episode. */
export interface EvaluatedEpisode {
  /** Index into the list of initial conditions, which is the same for all policies. */
  readonly index: number
  readonly seed: number
  readonly actions: Uint16Array
  readonly ending: Ending
  /** Positions x, z in metres before the first decision and after each: `[2 × (decisions + 1)]`. */
  readonly path: Float32Array
  /** Value of each of STYLE_MEASURES. */
  readonly style: readonly number[]
  /** Running reward by each reward model that could be read: one number per decision. */
  readonly rewards: readonly Float32Array[]
}

export type EvaluationEvent =
  /** Outcome of reading the reward models: why each cannot score; undefined for those that can. */
  | { readonly kind: 'rewards'; readonly problems: readonly (string | undefined)[] }
  | { readonly kind: 'loading'; readonly policy: number }
  | {
      readonly kind: 'playing'
      readonly policy: number
      readonly deviceName: string
      /** Reason why the policy starts over on the WASM backend: its GPU failed. Undefined at first. */
      readonly why: string | undefined
    }
  /** Number of decisions made so far, including those of unfinished episodes. */
  | { readonly kind: 'decisions'; readonly policy: number; readonly decisions: number }
  | {
      readonly kind: 'ended'
      readonly policy: number
      readonly episodes: readonly EvaluatedEpisode[]
    }
  | { readonly kind: 'done'; readonly policy: number; readonly seconds: number }
  | {
      readonly kind: 'failed'
      readonly policy: number
      readonly problem: ProblemKind
      readonly message: string
    }

/** Listener for events; `evaluate` waits for every promise that it returns. */
export type OnEvaluation = (event: EvaluationEvent) => void | Promise<void>

export interface EvaluationWorker {
  /**
   * Plays one policy after another and reports events; a policy that cannot be played is reported as
   * failed and the next one follows. Resolves when all are played, or on `stop`. Calls are queued.
   */
  evaluate(order: EvaluationOrder, onEvent: OnEvaluation): Promise<'played' | 'stopped'>
  /** Stops the evaluation asked for last after its current decision; does nothing if it is over. */
  stop(): Promise<void>
}
