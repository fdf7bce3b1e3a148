/**
 * What a page and the acting worker say to each other.
 *
 * The page asks for one decision at a time and keeps the pace; the worker owns the islands, the
 * renderer, the policies and their caches. Everything that crosses is plain data, so that the same
 * interface can be served by a worker, by another tab, or directly in a test.
 */

import type { Ending, Episode, IslandState, StartKind } from '../../island/index.ts'
import type { DeviceChoice, ModelSource, OnProgress } from '../worker/choices.ts'

export interface OpenChoice {
  readonly model: ModelSource
  readonly device: DeviceChoice
}

/** What was opened, said so that it can be shown as it is. */
export interface OpenedModel {
  readonly device: 'webgpu' | 'wasm'
  /** Name of the adapter or the number of threads. */
  readonly deviceName: string
  /** Why this device: one sentence. */
  readonly reason: string
  /** Stage of the model, such as `base`. */
  readonly stage: string
  /** How many parameters it has. */
  readonly parameters: number
}

export interface EpisodeChoice {
  readonly start: StartKind
  readonly seed: number
  /** 1 samples from the policy as it was trained, 0 takes the most probable action. */
  readonly temperature: number
  /** Actions that are played first, in the place of the policy's; it sees all that comes of them. */
  readonly script?: Script
}

/** Who decided: the agent, or a human. */
export type Author = 'a' | 'h'

/** What was done before and is done again. */
export interface Script {
  readonly actions: Uint16Array
  /** An `Author` a decision. */
  readonly authors: string
  /** Whether the episode ends with it; else the policy goes on by itself. */
  readonly alone?: boolean
}

/** One decision, with everything a page shows of it. */
export interface ActedDecision {
  /** 0 for the first decision of the episode. */
  readonly index: number
  /** What the agent saw before it decided: RGB rows, top to bottom, `FRAME_BYTES` long. */
  readonly frame: Uint8Array
  readonly action: number
  readonly author: Author
  /** The policy's probabilities of the heads one after the other (`HEAD_SIZES`), whoever acted. */
  readonly probabilities: Float32Array
  /** The island after the decision: a copy, nobody else writes to it. */
  readonly state: IslandState
  /** Set on the last decision of an episode. */
  readonly ending: Ending | undefined
  /** Time the policy took for it. */
  readonly milliseconds: number
  /** What the policy runs on from this decision on, where its device was lost. */
  readonly reopened?: OpenedModel
}

/** One policy on one island. Calls are answered in the order they were made. */
export interface ActingWorker {
  /** Loads a model; the one opened before is released. Throws `ModelError` or `DeviceError`. */
  open(choice: OpenChoice, onProgress?: OnProgress): Promise<OpenedModel>
  /** Begins an episode and forgets the one before; gives the state it begins in. */
  start(choice: EpisodeChoice): Promise<IslandState>
  /** One decision. Throws when no episode is running or the episode is over. */
  step(): Promise<ActedDecision>
  /** One decision that a human takes; the policy sees it and says what it would have done. */
  press(action: number): Promise<ActedDecision>
  /** Back to after the first `decisions` of this episode; a script is not followed any further. */
  rewind(decisions: number): Promise<void>
  /** Releases the model. */
  close(): Promise<void>
}

/** Reward models that look on. They take their turns between decisions and never hold one up. */
export interface Jury {
  /** Opens reward models in the place of those before. Throws `ModelError` or `DeviceError`. */
  convene(models: readonly ModelSource[]): Promise<void>
  /**
   * The running reward by each model, a number for each of the first decisions of the episode: that
   * of a clip that ends there. Looks at a few more decisions with every call.
   */
  rewards(episode: Episode): Promise<Float32Array[]>
}

/**
 * Several agents that act at once in one worker, on one device: the calls of `ActingWorker`, each
 * with the agent's number before it. An agent is there as soon as it is named.
 */
export type ActingHost = {
  [Call in keyof ActingWorker]: (
    agent: number,
    ...rest: Parameters<ActingWorker[Call]>
  ) => ReturnType<ActingWorker[Call]>
} & Jury
