/**
 * A human at the gamepad. The island is played right here, so that no worker, however slow, stands
 * between a thumb and the character; the agent is told of every decision and sees what comes of it.
 */
import { copyState, FRAME_BYTES, type Island, Renderer } from '../../island/index.ts'
import { islandAfter } from './island-after.ts'
import type { ActedDecision, EpisodeChoice } from './protocol.ts'

/** What is pressed now: an action. Asked once a decision. */
export type Hand = () => number

const UNKNOWN = new Float32Array(0)

export class HumanTurn {
  readonly #island: Island
  readonly #hand: Hand
  readonly #tell: (action: number, index: number) => void
  readonly #renderer = new Renderer()

  /** Goes on after `tape`. `tell` hears of every decision and does not hold up the next. */
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
