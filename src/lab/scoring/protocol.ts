/** Interface between a page and the scoring worker, which looks into one reward model. */
import type { HiddenIn, OcclusionMap } from '../../alignment/index.ts'
import type { Episode } from '../../island/index.ts'
import type { ModelSource } from '../worker/choices.ts'

/** Reward model that was opened. */
interface OpenedReward {
  /** Factor from a difference of rewards to the logit of a preference; undefined if its file does not say. */
  readonly scale: number | undefined
}

/** Receives the number of parts of a call that are done. */
export type OnDone = (done: number) => void

/** Frame whose parts are hidden one after the other. */
export interface OcclusionOrder {
  readonly episode: Episode
  /** Decision whose running reward is looked at, counted from 0. */
  readonly decision: number
  readonly where: HiddenIn
}

/** Calls are answered in the order they were made. */
export interface ScoringWorker {
  /** Loads a reward model in place of the previous one. Rejects with `ModelError` or `DeviceError`. */
  open(model: ModelSource): Promise<OpenedReward>
  /** Resolves to the running rewards of each episode, one number per decision, or undefined on `stop`. */
  score(episodes: readonly Episode[], onDone: OnDone): Promise<Float32Array[] | undefined>
  /** Resolves to an occlusion map of the reward at a decision, or undefined on `stop`. */
  occlude(order: OcclusionOrder, onDone: OnDone): Promise<OcclusionMap | undefined>
  /** Stops all calls that were made before, at the latest after eight clips. */
  stop(): Promise<void>
}
