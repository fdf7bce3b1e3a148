/**
 * Evaluation worker without the thread: plays fresh episodes with policies and has reward models score
 * them. Tests run it directly.
 */

import type { Rollout, Trajectory } from '../../alignment/index.ts'
import { evaluatePolicy, styleOf } from '../../evaluation/index.ts'
import { WORLD_VERSION } from '../../island/index.ts'
import type { ImportedModel } from '../../network/index.ts'
import { type Device, type Feeds, SerialQueue } from '../../runtime/index.ts'
import type { SharedDevice } from '../acting/shared-device.ts'
import type { DeviceChoice, ModelSource } from '../worker/choices.ts'
import { fallBackFrom } from '../worker/device-fallback.ts'
import { messageOf, problemKind } from '../worker/errors.ts'
import type {
  EvaluatedEpisode,
  EvaluationEvent,
  EvaluationOrder,
  EvaluationWorker,
  OnEvaluation,
} from './protocol.ts'
import { RewardModels } from './reward-models.ts'
import { withRunHook } from './run-hook.ts'

/** Maximum number of islands that play at once: the fastest on the WASM backend (docs/benchmarks.md). */
const MOST_ISLANDS = 256

/** Share of the episodes that play at once: the first ones end while many are still to come. */
const PART_AT_ONCE = 0.25

/** Number of episodes that are scored and reported together: their frames take 6 kB per decision. */
const EPISODES_AT_ONCE = 32

/** Milliseconds between two yields to the event loop, in which a call to `stop` can arrive. */
const YIELD_EVERY_MS = 60

/** Milliseconds between two progress reports. */
const REPORT_MS = 200

export interface EvaluationHostOptions {
  readonly sharedDevice: Pick<SharedDevice, 'acquire'>
  fetchPolicy(source: ModelSource): Promise<ImportedModel & { readonly bytes: Uint8Array }>
  fetchReward(source: ModelSource): Promise<ImportedModel>
  /** Returns the time in milliseconds, from any origin. */
  now(): number
  /** Yields to the event loop, so that messages can arrive. */
  yieldToEvents(): Promise<void>
}

class Stopped extends Error {}

/** Returns the number of islands that play at once for a number of episodes: 1…256. */
export function islandsFor(episodes: number): number {
  return Math.max(1, Math.min(MOST_ISLANDS, Math.ceil(PART_AT_ONCE * episodes)))
}

export function createEvaluationHost(options: EvaluationHostOptions): EvaluationWorker {
  const queue = new SerialQueue()
  let latest = { stopped: false }
  return {
    evaluate: (order, onEvent) => {
      const call = { stopped: false }
      latest = call
      return queue.add(() => new Evaluation(options, order, onEvent, () => call.stopped).run())
    },
    stop: async () => {
      latest.stopped = true
    },
  }
}

class Evaluation {
  readonly #options: EvaluationHostOptions
  readonly #order: EvaluationOrder
  readonly #onEvent: OnEvaluation
  readonly #stopping: () => boolean
  #lastYield: number
  #lastReport: number
  #told: Promise<unknown> = Promise.resolve()

  constructor(
    options: EvaluationHostOptions,
    order: EvaluationOrder,
    onEvent: OnEvaluation,
    stopping: () => boolean,
  ) {
    this.#options = options
    this.#order = order
    this.#onEvent = onEvent
    this.#stopping = stopping
    this.#lastYield = options.now()
    this.#lastReport = this.#lastYield
  }

  async run(): Promise<'played' | 'stopped'> {
    const { policies, rewards, device } = this.#order
    const panel = await RewardModels.read(rewards, this.#options.fetchReward)
    this.#tell({ kind: 'rewards', problems: panel.problems })
    try {
      for (const [policy, source] of policies.entries()) {
        try {
          await this.#play(policy, source, panel, device)
        } catch (error) {
          if (error instanceof Stopped) return 'stopped'
          const problem = problemKind(error)
          this.#tell({ kind: 'failed', policy, problem, message: messageOf(error) })
        }
      }
    } finally {
      await panel.release()
      // Events reach a page by another channel than the result, and must not arrive after it.
      await this.#told
    }
    return 'played'
  }

  #tell(event: EvaluationEvent): void {
    this.#told = Promise.all([this.#told, this.#onEvent(event)])
  }

  /** Plays one policy on one device; if a GPU fails, plays all episodes again on the WASM backend. */
  async #play(
    policy: number,
    source: ModelSource,
    panel: RewardModels,
    choice: DeviceChoice,
    why?: string,
  ): Promise<void> {
    this.#tell({ kind: 'loading', policy })
    const { bytes, layout } = await this.#options.fetchPolicy(source)
    const { device } = await this.#options.sharedDevice.acquire(choice, bytes, layout.size)
    const begun = this.#options.now()
    this.#tell({ kind: 'playing', policy, deviceName: device.name, why })
    try {
      await this.#episodes(policy, bytes, device, panel)
    } catch (error) {
      if (error instanceof Stopped) throw error
      // Episodes played partly on each device could not be reproduced on either.
      const { choice, reason } = fallBackFrom(device, error, 'all episodes are played again')
      return this.#play(policy, source, panel, choice, reason)
    }
    this.#tell({ kind: 'done', policy, seconds: (this.#options.now() - begun) / 1000 })
  }

  async #episodes(policy: number, model: Uint8Array, device: Device, panel: RewardModels) {
    const { episodes, seed, start, island } = this.#order
    let waiting: Rollout[] = []
    const hand = async () => {
      const now = waiting
      waiting = []
      const rewards = await panel.look(
        device,
        now.map(({ trajectory }) => trajectory),
      )
      const ended = now.map(({ index, trajectory }, each) =>
        evaluatedEpisode(this.#order, index, trajectory, rewards[each] ?? []),
      )
      if (ended.length > 0) this.#tell({ kind: 'ended', policy, episodes: ended })
    }
    const played = evaluatePolicy({
      device: withRunHook(device, this.#runHook(policy)),
      model,
      episodes,
      seed,
      start,
      island,
      temperature: 1,
      islands: islandsFor(episodes),
    })
    for await (const each of played) {
      waiting.push(each)
      if (waiting.length >= EPISODES_AT_ONCE) await hand()
    }
    await hand()
  }

  /**
   * Returns a callback for `withRunHook` that counts decisions and reports them every `REPORT_MS`, and that
   * throws `Stopped` after a call to `stop`.
   */
  #runHook(policy: number): (feeds: Feeds) => Promise<void> {
    const { now, yieldToEvents } = this.#options
    let decisions = 0
    return async ({ position }) => {
      if (now() - this.#lastYield >= YIELD_EVERY_MS) {
        await yieldToEvents()
        this.#lastYield = now()
      }
      if (this.#stopping()) throw new Stopped('Stopped.')
      decisions += position?.shape[0] ?? 0
      if (now() - this.#lastReport < REPORT_MS) return
      this.#lastReport = now()
      this.#tell({ kind: 'decisions', policy, decisions })
    }
  }
}

function evaluatedEpisode(
  { start, island }: EvaluationOrder,
  index: number,
  { seed, actions, ending, path }: Trajectory,
  rewards: readonly Float32Array[],
): EvaluatedEpisode {
  const style = styleOf({ start, seed, actions, worldVersion: WORLD_VERSION, island })
  return { index, seed, actions, ending, path, style, rewards }
}
