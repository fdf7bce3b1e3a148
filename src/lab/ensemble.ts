/** Several agents side by side from the same seed: they begin together and end each on its own. */
import type { Happening } from './conductor.ts'
import type { Lane } from './lane.ts'
import type { EpisodeChoice } from './protocol.ts'

/** Something that happened in one lane, named by its place. */
export interface LaneHappening {
  readonly lane: number
  readonly happening: Happening
}

export class Ensemble {
  readonly lanes: readonly Lane[]
  readonly #finished = new Set<number>()

  constructor(lanes: readonly Lane[]) {
    this.lanes = lanes
  }

  /** Begins an episode in every lane. Resolves to false where another start overtook this one. */
  async start(choice: EpisodeChoice): Promise<boolean> {
    this.#finished.clear()
    const begun = await Promise.all(this.lanes.map((lane) => lane.start(choice)))
    return begun.every(Boolean)
  }

  /** Whether all have ended, and their endings have been seen. */
  get finished(): boolean {
    return this.#finished.size === this.lanes.length
  }

  /** Moves all on by `seconds` of real time; says what came to pass, lane by lane. */
  advance(seconds: number, speed: number): LaneHappening[] {
    return this.lanes.flatMap((lane, index) =>
      lane.advance(seconds, speed).map((happening) => {
        if (happening.kind === 'finished') this.#finished.add(index)
        return { lane: index, happening }
      }),
    )
  }
}
