/** Target of playback: a moment to seek to as soon as it has arrived, or one to stop at. */
import type { Lane } from '../../lab/playback/lane.ts'

export class Playhead {
  /** Number of decisions to seek to as soon as they have arrived. */
  #cue: number | undefined
  /** Number of decisions after which to stop. */
  #until: number | undefined

  /** Resets for a new episode, which seeks to `cue` if given. */
  reset(cue?: number): void {
    this.#cue = cue
    this.#until = undefined
  }

  get until(): number | undefined {
    return this.#until
  }

  /** Sets the end of a step: of the decision under way, or else of the next one. */
  stepFrom({ moment, shown }: Lane): void {
    if (moment) this.#until = moment.part < 1 ? shown : shown + 1
  }

  /** Clears the moment to stop at. */
  release(): void {
    this.#until = undefined
  }

  /** Returns whether the picture moves: if `playing` or in a step, but not while it waits to seek. */
  moves(playing: boolean): boolean {
    return this.#cue === undefined && (playing || this.#until !== undefined)
  }

  /** Ends a finished step. Returns the number of decisions to seek to, once they have arrived. */
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
