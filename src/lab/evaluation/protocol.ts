/** What the Evaluate page and its worker say to each other: what to play, and what came of it. */

import type { Ending, StartKind } from '../../island/index.ts'
import type { DeviceChoice, ModelSource } from '../worker/choices.ts'
import type { ProblemKind } from '../worker/errors.ts'

/** Everything that settles an evaluation: the same order gives the same episodes. */
export interface EvaluationOrder {
  readonly policies: readonly ModelSource[]
  /** Reward models that look on. */
  readonly rewards: readonly ModelSource[]
  readonly episodes: number
  readonly seed: number
  readonly start: StartKind
  readonly device: DeviceChoice
}

/** One episode that has ended. */
export interface EvaluatedEpisode {
  /** Its place in the list of beginnings, which is the same for all policies. */
  readonly index: number
  readonly seed: number
  readonly actions: Uint16Array
  readonly ending: Ending
  /** x and z in metres before the first decision and after each: `[2 × (decisions + 1)]`. */
  readonly path: Float32Array
  /** The running reward by each reward model that could be opened, a number a decision. */
  readonly rewards: readonly Float32Array[]
}

export type EvaluationEvent =
  /** The list of reward models that look on is settled: which of the ordered ones, and why not others. */
  | { readonly kind: 'rewards'; readonly problems: readonly (string | undefined)[] }
  | { readonly kind: 'loading'; readonly policy: number }
  | {
      readonly kind: 'playing'
      readonly policy: number
      readonly deviceName: string
      /** Why a policy begins anew: its GPU was lost and the processor goes on. */
      readonly why: string | undefined
    }
  /** Decisions that were made so far, those of unfinished episodes included. */
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

/** May take its time: an evaluation has not ended before everything was told. */
export type OnEvaluation = (event: EvaluationEvent) => void | Promise<void>

export interface EvaluationWorker {
  /**
   * Plays one policy after the other and tells what happens; a policy that cannot be played fails by
   * itself and the next goes on. Resolves when all is played, or stopped. One at a time.
   */
  evaluate(order: EvaluationOrder, onEvent: OnEvaluation): Promise<'played' | 'stopped'>
  /** Ends what is being played after the decision under way; nothing where nothing is. */
  stop(): Promise<void>
}
