/** The paths of kept episodes, found by playing their actions again, a few at a time. */
import { type Ending, replay } from '../../island/index.ts'
import type { EpisodeRecord } from '../../lab/results.ts'
import { episodeOf } from '../../procedure/episode-record.ts'

export interface Track {
  /** x and z before the first decision and after each: `[decisions + 1, 2]`. */
  readonly path: Float32Array
  readonly decisions: number
  readonly ending: Ending
}

export class TrackList {
  readonly tracks: Track[] = []
  /** Episodes that did not end as they did when they were recorded. */
  broken = 0
  /** How many of them there are, once all episodes have been replayed. */
  readonly brokenInAll: Promise<number>
  #tell: (broken: number) => void = () => undefined
  readonly #waiting: EpisodeRecord[]
  readonly #worldVersion: number

  constructor(records: readonly EpisodeRecord[], worldVersion: number) {
    this.#waiting = records.toReversed()
    this.#worldVersion = worldVersion
    this.brokenInAll = new Promise((resolve) => {
      this.#tell = resolve
    })
  }

  /** Replays for about so many milliseconds, at least one episode; nothing where all are there. */
  replayFor(milliseconds: number): void {
    const until = performance.now() + milliseconds
    while (this.#waiting.length > 0) {
      this.#replay(this.#waiting.pop())
      if (this.#waiting.length === 0) this.#tell(this.broken)
      if (performance.now() >= until) return
    }
  }

  #replay(record: EpisodeRecord | undefined): void {
    if (!record) return
    try {
      const { path, decisions, ending } = replay(episodeOf(record, this.#worldVersion))
      if (ending === record.ending) this.tracks.push({ path, decisions, ending })
      else this.broken++
    } catch {
      // Another world version, or actions that do not fit: neither can be drawn.
      this.broken++
    }
  }
}

const lists = new WeakMap<readonly EpisodeRecord[], TrackList>()

/** The tracks of these episodes, the same list whenever they are asked for. */
export function tracksOf(records: readonly EpisodeRecord[], worldVersion: number): TrackList {
  const list = lists.get(records) ?? new TrackList(records, worldVersion)
  lists.set(records, list)
  return list
}
