/** Which moment is wanted: one to go to as soon as it is there, or one to stand still at. */
import type { Lane } from '../../lab/playback/lane.ts'

export class Playhead {
  /** Decisions to go to as soon as they are there. */
  #cue: number | undefined
  /** Decisions after which to stand still. */
  #until: number | undefined

  /** For a new episode, which may begin in its middle. */
  reset(cue?: number): void {
    this.#cue = cue
    this.#until = undefined
  }

  get until(): number | undefined {
    return this.#until
  }

  /** The rest of the way to the next decision, or the way to the one after. */
  stepFrom({ moment, shown }: Lane): void {
    if (moment) this.#until = moment.part < 1 ? shown : shown + 1
  }

  /** Goes wherever playing goes. */
  release(): void {
    this.#until = undefined
  }

  /** Whether the picture moves: towards what is wanted, or because it is `playing`. */
  moves(playing: boolean): boolean {
    return this.#cue === undefined && (playing || this.#until !== undefined)
  }

  /** Ends a step that is done. Gives the decisions to go to, when those have come. */
  arrive(lanes: readonly Lane[]): number | undefined {
    const until = this.#until ?? 0
    const still = lanes.every(
      ({ moment, shown, complete }) => moment?.part === 1 && (complete || shown >= until),
    )
    if (still) this.#until = undefined
    const cue = this.#cue
    if (cue === undefined || lanes.length === 0) return undefined
    if (!lanes.every((lane) => lane.complete || lane.tape.length >= cue)) return undefined
    this.#cue = undefined
    return cue
  }
}
