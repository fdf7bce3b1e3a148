/** Several agents side by side on the same seed: episodes begin together and end independently. */

import type { EpisodeChoice } from '../acting/protocol.ts'
import type { Lane } from './lane.ts'
import type { AdvanceOptions, PlaybackEvent } from './timeline.ts'

/** PlaybackEvent in one lane, with the index of the lane. */
export interface LaneEvent {
  readonly lane: number
  readonly happening: PlaybackEvent
}

export class LaneGroup {
  readonly lanes: readonly Lane[]

  constructor(lanes: readonly Lane[]) {
    this.lanes = lanes
  }

  /** Begins an episode in every lane. Resolves to false if another start superseded this one. */
  async start(choice: EpisodeChoice): Promise<boolean> {
    const begun = await Promise.all(this.lanes.map((lane) => lane.start(choice)))
    return begun.every(Boolean)
  }

  /** Lanes that play an episode; a lane whose agent was replaced or has failed has none. */
  get #playing(): readonly Lane[] {
    return this.lanes.filter(({ moment }) => moment !== undefined)
  }

  /** Whether all episodes have ended, and their endings have been shown. */
  get finished(): boolean {
    return this.lanes.every(({ moment }) => moment?.phase === 'finished')
  }

  /** Advances all lanes by `seconds` of real time; returns what happened, lane by lane. */
  advance(seconds: number, speed: number, options: AdvanceOptions = {}): LaneEvent[] {
    return this.lanes.flatMap((lane, index) =>
      lane.advance(seconds, speed, options).map((happening) => ({ lane: index, happening })),
    )
  }

  /** Whether all lanes wait for an agent that has not decided yet; false while a human plays. */
  get held(): boolean {
    const playing = this.#playing
    return !playing.some(({ takenOver }) => takenOver) && playing.some(({ starved }) => starved)
  }

  /**
   * Advances all lanes by the same time: as far as the slowest agent's decisions reach, so that lanes
   * always show the same number of decisions. While a human plays, lanes do not wait.
   */
  advanceInStep(seconds: number, speed: number, options: AdvanceOptions = {}): LaneEvent[] {
    const playing = this.#playing
    const human = playing.some(({ takenOver }) => takenOver)
    const reach = human ? seconds : Math.min(...playing.map((lane) => lane.reach)) / speed
    return this.advance(Math.min(seconds, reach), speed, options)
  }
}
