/**
 * Interface between a page and the acting worker.
 *
 * The page requests one decision at a time and sets the pace; the worker owns the islands, the
 * renderer, the policies and their caches. Everything that crosses, progress callbacks aside, is plain
 * data, so that the same interface can be served by a worker, by another tab, or directly in a test.
 */

import type { Beginning, Ending, Episode, IslandState } from '../../island/index.ts'
import type { DeviceChoice, ModelSource, OnProgress } from '../worker/choices.ts'

export interface OpenChoice {
  readonly model: ModelSource
  readonly device: DeviceChoice
}

/** Description of an opened model, ready to be displayed. */
export interface OpenedModel {
  readonly device: 'webgpu' | 'wasm'
  /** Name of the GPU adapter, or the number of WASM threads. */
  readonly deviceName: string
  /** Reason for the choice of device, as a sentence. */
  readonly reason: string
  /** Stage of the model, such as `base`. */
  readonly stage: string
  /** Number of parameters. */
  readonly parameters: number
}

export interface EpisodeChoice extends Beginning {
  /** Sampling temperature: 1 samples from the policy as trained, 0 takes the most probable action. */
  readonly temperature: number
  /** Decisions that are played first in place of the policy's, which still sees every frame. */
  readonly script?: Script
}

/** Author of a decision: the agent (`a`) or a human (`h`). */
export type Author = 'a' | 'h'

/** Recorded decisions to replay. */
export interface Script {
  readonly actions: Uint16Array
  /** One `Author` per decision. */
  readonly authors: string
  /** Whether the episode ends with the script; otherwise the policy continues. */
  readonly alone?: boolean
}

/** One decision, with everything that a page shows of it. */
export interface ActedDecision {
  /** Index of the decision within its episode, 0 for the first. */
  readonly index: number
  /** Frame that the agent saw before it decided: RGB rows from top to bottom, `FRAME_BYTES` long. */
  readonly frame: Uint8Array
  readonly action: number
  readonly author: Author
  /** Policy's probabilities of all heads, concatenated (`HEAD_SIZES`), whichever author decided. */
  readonly probabilities: Float32Array
  /** State of the island after the decision: a copy that never changes. */
  readonly state: IslandState
  /** Ending of the episode; set on its last decision only. */
  readonly ending: Ending | undefined
  /** Time that the policy took, in milliseconds. */
  readonly milliseconds: number
  /** Model as reopened on another device, from this decision on; set if its device failed. */
  readonly reopened?: OpenedModel
}

/** Source of an episode's decisions: a policy, or a recording. */
export interface EpisodeSource {
  /** Starts an episode in place of the previous one and resolves to its initial state. */
  start(choice: EpisodeChoice): Promise<IslandState>
  /** Makes one decision. Rejects if no episode is running or the episode is over. */
  step(): Promise<ActedDecision>
}

/** Source that a human can take over from, and hand back to. */
export interface PlayableSource extends EpisodeSource {
  /** Plays a human's action as the next decision; the policy still returns its probabilities. */
  press(action: number): Promise<ActedDecision>
  /** Rewinds to after the first `decisions` decisions of this episode and drops the rest of a script. */
  rewind(decisions: number): Promise<void>
}

/** One policy on one island. Calls are answered in the order they were made. */
export interface ActingWorker extends PlayableSource {
  /** Loads a model and releases the previous one. Rejects with `ModelError` or `DeviceError`. */
  open(choice: OpenChoice, onProgress?: OnProgress): Promise<OpenedModel>
  /** Releases the model. */
  close(): Promise<void>
}

/** Reward models that score the running episode, in short turns between the agents' decisions. */
export interface RewardScorer {
  /** Replaces the open reward models by `models`. Rejects with `ModelError` or `DeviceError`. */
  openModels(models: readonly ModelSource[]): Promise<void>
  /**
   * Returns the running reward by each model: for each of the first decisions of the episode, the
   * reward of the clip that ends there. Every call scores a few more decisions.
   */
  rewards(episode: Episode): Promise<Float32Array[]>
}

/**
 * Several agents that act concurrently in one worker, on one device: the calls of `ActingWorker`, with
 * the agent's number as first argument. An agent is created by the first call with its number.
 */
export type ActingHost = {
  [Call in keyof ActingWorker]: (
    agent: number,
    ...rest: Parameters<ActingWorker[Call]>
  ) => ReturnType<ActingWorker[Call]>
} & RewardScorer
