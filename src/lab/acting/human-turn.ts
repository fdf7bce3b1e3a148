/**
 * Decisions by a human at the gamepad. The island is simulated on the page, so that even a slow worker
 * adds no input latency; every decision is reported to the agent, which observes its outcome.
 */
import { copyState, FRAME_BYTES, type Island, Renderer } from '../../island/index.ts'
import { islandAfter } from './island-after.ts'
import type { ActedDecision, EpisodeChoice } from './protocol.ts'

/** Returns the action that is pressed now; called once per decision. */
export type Hand = () => number

const UNKNOWN = new Float32Array(0)

export class HumanTurn {
  readonly #island: Island
  readonly #hand: Hand
  readonly #tell: (action: number, index: number) => void
  readonly #renderer = new Renderer()

  /** Continues after the decisions on `tape`. `tell` is called with every decision and not awaited. */
  constructor(
    choice: EpisodeChoice,
    tape: readonly ActedDecision[],
    hand: Hand,
    tell: (action: number, index: number) => void,
  ) {
    this.#island = islandAfter(
      choice,
      tape.map(({ action }) => action),
    )
    this.#hand = hand
    this.#tell = tell
  }

  decide(): ActedDecision {
    const island = this.#island
    const index = island.state.decision
    const frame = new Uint8Array(FRAME_BYTES)
    island.render(this.#renderer, frame)
    const action = this.#hand()
    island.step(action)
    this.#tell(action, index)
    return {
      index,
      frame,
      action,
      author: 'h',
      probabilities: UNKNOWN,
      state: copyState(island.state),
      ending: island.over ? island.ending : undefined,
      milliseconds: 0,
    }
  }
}
