/**
 * Agent of the acting worker, without the thread: one policy on one island, with its calls in a queue.
 * Tests run it directly.
 */

import {
  copyState,
  FRAME_BYTES,
  Island,
  type IslandState,
  Renderer,
  rootKey,
  splitKey,
} from '../../island/index.ts'
import type { OnProgress } from '../worker/choices.ts'
import { islandAfter } from './island-after.ts'
import type { Policy, PolicyAction } from './policy.ts'
import type {
  ActedDecision,
  ActingWorker,
  Author,
  EpisodeChoice,
  OpenChoice,
  OpenedModel,
} from './protocol.ts'

/** Opened policy, with its description for display. */
export interface OpenPolicyModel {
  readonly policy: Policy
  readonly opened: OpenedModel
  /** Opens the same policy on the WASM backend after `act` failed for `reason`; rejects if it ran there already. */
  reopen?(reason: unknown): Promise<OpenPolicyModel>
}

/** Loads the chosen policy; rejects with an error whose message can be shown to a visitor. */
export type OpenPolicy = (choice: OpenChoice, onProgress?: OnProgress) => Promise<OpenPolicyModel>

interface Played {
  readonly choice: EpisodeChoice
  readonly island: Island
  readonly actions: readonly number[]
}

interface Pressed {
  readonly action: number
  readonly author: Author
}

export class ActingSession implements ActingWorker {
  readonly #openPolicy: OpenPolicy
  readonly #now: () => number
  readonly #renderer = new Renderer()
  #model: OpenPolicyModel | undefined
  #episode: Played | undefined
  /** Index of the first decision that is not scripted. */
  #scriptEnd = 0
  #queue: Promise<unknown> = Promise.resolve()

  /** `now` returns milliseconds and is only used to measure how long a decision takes. */
  constructor(openPolicy: OpenPolicy, now: () => number) {
    this.#openPolicy = openPolicy
    this.#now = now
  }

  open(choice: OpenChoice, onProgress?: OnProgress): Promise<OpenedModel> {
    return this.#inTurn(async () => {
      await this.#release()
      this.#model = await this.#openPolicy(choice, onProgress)
      return this.#model.opened
    })
  }

  start(choice: EpisodeChoice): Promise<IslandState> {
    return this.#inTurn(async () => {
      if (!this.#model) throw new Error('No model is open: call open() before start().')
      const island = new Island(choice)
      this.#episode = { choice, island, actions: [] }
      this.#scriptEnd = choice.script?.actions.length ?? 0
      this.#model.policy.reset(keyOf(choice), choice.temperature)
      return copyState(island.state)
    })
  }

  step(): Promise<ActedDecision> {
    return this.#inTurn(() => this.#decide())
  }

  press(action: number): Promise<ActedDecision> {
    return this.#inTurn(() => this.#decide({ action, author: 'h' }))
  }

  rewind(decisions: number): Promise<void> {
    return this.#inTurn(async () => {
      const { choice, actions } = this.#running()
      if (!(decisions >= 0 && decisions <= actions.length)) {
        throw new Error(`Cannot go back to ${decisions}: there were ${actions.length} decisions.`)
      }
      const kept = actions.slice(0, decisions)
      this.#episode = { choice, island: islandAfter(choice, kept), actions: kept }
      this.#scriptEnd = Math.min(this.#scriptEnd, decisions)
      this.#model?.policy.rewind(decisions)
    })
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#release())
  }

  #running(): Played {
    if (!this.#episode) throw new Error('No episode is running: call start() before step().')
    return this.#episode
  }

  async #decide(pressed?: Pressed): Promise<ActedDecision> {
    const { choice, island, actions } = this.#running()
    if (island.over) throw new Error('This episode is over: call start() for another.')
    const index = actions.length
    const frame = new Uint8Array(FRAME_BYTES)
    island.render(this.#renderer, frame)
    const began = this.#now()
    const { acted, reopened } = await this.#act(frame)
    const milliseconds = this.#now() - began
    const { action, author } = pressed ?? this.#scripted(index) ?? { ...acted, author: 'a' }
    island.step(action)
    this.#episode = { choice, island, actions: [...actions, action] }
    const over = island.over || (choice.script?.alone === true && index + 1 === this.#scriptEnd)
    return {
      index,
      frame,
      action,
      author,
      probabilities: acted.probabilities,
      state: copyState(island.state),
      ending: over ? island.ending : undefined,
      milliseconds,
      ...(reopened ? { reopened } : {}),
    }
  }

  #scripted(index: number): Pressed | undefined {
    const { script } = this.#running().choice
    const action = index < this.#scriptEnd ? script?.actions[index] : undefined
    if (action === undefined) return undefined
    return { action, author: script?.authors[index] === 'h' ? 'h' : 'a' }
  }

  /** Asks the policy for an action; if that fails, reopens it on another device where possible. */
  async #act(frame: Uint8Array): Promise<{ acted: PolicyAction; reopened?: OpenedModel }> {
    const model = this.#model
    if (!model) throw new Error('No model is open: call open() before step().')
    try {
      return { acted: await model.policy.act(frame) }
    } catch (error) {
      if (!model.reopen) throw error
      const reopened = await model.reopen(error)
      this.#model = reopened
      await this.#remember(reopened.policy)
      return { acted: await reopened.policy.act(frame), reopened: reopened.opened }
    }
  }

  /** Brings a newly opened policy up to date by feeding it all frames of the episode again. */
  async #remember(policy: Policy): Promise<void> {
    const { choice, actions } = this.#running()
    policy.reset(keyOf(choice), choice.temperature)
    const island = new Island(choice)
    const frame = new Uint8Array(FRAME_BYTES)
    for (const action of actions) {
      island.render(this.#renderer, frame)
      await policy.act(frame)
      island.step(action)
    }
  }

  async #release(): Promise<void> {
    const model = this.#model
    this.#model = undefined
    this.#episode = undefined
    await model?.policy.close()
  }

  /** Runs `task` after all earlier tasks, whether or not these failed. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task, task)
    this.#queue = turn.catch(() => undefined)
    return turn
  }
}

/** Returns the sampling key that rollouts use, so that an episode is the same wherever it is played. */
function keyOf({ start, seed }: EpisodeChoice) {
  return splitKey(rootKey(seed), 'act', start, seed)
}
