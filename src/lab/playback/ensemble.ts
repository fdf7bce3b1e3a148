/** Several agents side by side from the same seed: they begin together and end each on its own. */

import type { EpisodeChoice } from '../acting/protocol.ts'
import type { AdvanceOptions, Happening } from './conductor.ts'
import type { Lane } from './lane.ts'

/** Something that happened in one lane, named by its place. */
export interface LaneHappening {
  readonly lane: number
  readonly happening: Happening
}

export class Ensemble {
  readonly lanes: readonly Lane[]

  constructor(lanes: readonly Lane[]) {
    this.lanes = lanes
  }

  /** Begins an episode in every lane. Resolves to false where another start overtook this one. */
  async start(choice: EpisodeChoice): Promise<boolean> {
    const begun = await Promise.all(this.lanes.map((lane) => lane.start(choice)))
    return begun.every(Boolean)
  }

  /** Whether all have ended, and their endings have been seen. */
  get finished(): boolean {
    return this.lanes.every(({ moment }) => moment?.phase === 'finished')
  }

  /** Moves all on by `seconds` of real time; says what came to pass, lane by lane. */
  advance(seconds: number, speed: number, options: AdvanceOptions = {}): LaneHappening[] {
    return this.lanes.flatMap((lane, index) =>
      lane.advance(seconds, speed, options).map((happening) => ({ lane: index, happening })),
    )
  }

  /** Whether an agent that is still thinking holds all up; nobody waits while a human plays. */
  get held(): boolean {
    return (
      !this.lanes.some(({ takenOver }) => takenOver) && this.lanes.some(({ starved }) => starved)
    )
  }

  /**
   * Advances all lanes by the same time: as far as the slowest agent's decisions reach, so that lanes
   * always show the same number of decisions. While a human plays, nobody waits.
   */
  advanceInStep(seconds: number, speed: number, options: AdvanceOptions = {}): LaneHappening[] {
    const human = this.lanes.some(({ takenOver }) => takenOver)
    const reach = human ? seconds : Math.min(...this.lanes.map((lane) => lane.reach)) / speed
    return this.advance(Math.min(seconds, reach), speed, options)
  }
}
