/**
 * An agent of the acting worker, without the worker: one policy on one island, calls in a queue. It
 * knows nothing of threads, so tests run it as it is.
 */
import {
  copyState,
  type Ending,
  FRAME_BYTES,
  Island,
  type IslandState,
  Renderer,
  rootKey,
  splitKey,
} from '../island/index.ts'
import type { Policy } from './policy.ts'
import type {
  ActedDecision,
  ActingWorker,
  EpisodeChoice,
  OnProgress,
  OpenChoice,
  OpenedModel,
} from './protocol.ts'

/** Loads the policy that was chosen; throws an error that can be shown to a visitor. */
export type OpenPolicy = (
  choice: OpenChoice,
  onProgress?: OnProgress,
) => Promise<{ policy: Policy; opened: OpenedModel }>

export class ActingSession implements ActingWorker {
  readonly #openPolicy: OpenPolicy
  readonly #now: () => number
  readonly #renderer = new Renderer()
  #policy: Policy | undefined
  #island: Island | undefined
  #decided = 0
  #queue: Promise<unknown> = Promise.resolve()

  /** `now` gives milliseconds and is only used to say how long a decision took. */
  constructor(openPolicy: OpenPolicy, now: () => number) {
    this.#openPolicy = openPolicy
    this.#now = now
  }

  open(choice: OpenChoice, onProgress?: OnProgress): Promise<OpenedModel> {
    return this.#inTurn(async () => {
      await this.#release()
      const { policy, opened } = await this.#openPolicy(choice, onProgress)
      this.#policy = policy
      return opened
    })
  }

  start({ start, seed, temperature }: EpisodeChoice): Promise<IslandState> {
    return this.#inTurn(async () => {
      if (!this.#policy) throw new Error('No model is open: call open() before start().')
      this.#island = new Island(start, seed)
      this.#decided = 0
      // The path is that of rollouts, so that an episode is the same wherever it is played.
      this.#policy.reset(splitKey(rootKey(seed), 'act', start, seed), temperature)
      return copyState(this.#island.state)
    })
  }

  step(): Promise<ActedDecision> {
    return this.#inTurn(async () => {
      const policy = this.#policy
      const island = this.#island
      if (!policy || !island) throw new Error('No episode is running: call start() before step().')
      if (island.over) throw new Error('This episode is over: call start() for another.')
      const frame = new Uint8Array(FRAME_BYTES)
      island.render(this.#renderer, frame)
      const began = this.#now()
      const { action, probabilities } = await policy.act(frame)
      const milliseconds = this.#now() - began
      island.step(action)
      const ending: Ending | undefined = island.over ? island.ending : undefined
      const index = this.#decided++
      const state = copyState(island.state)
      return { index, frame, action, probabilities, state, ending, milliseconds }
    })
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#release())
  }

  async #release(): Promise<void> {
    const policy = this.#policy
    this.#policy = undefined
    this.#island = undefined
    await policy?.close()
  }

  /** Runs `task` after all tasks before it; one that fails does not poison the next. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(task, task)
    this.#queue = turn.catch(() => undefined)
    return turn
  }
}
