/** Paths of recorded episodes, reconstructed by replaying their actions a few episodes at a time. */
import { type Ending, replay } from '../../island/index.ts'
import type { EpisodeRecord } from '../../lab/models/results.ts'
import { episodeOf } from '../../procedure/episode-record.ts'

export interface Track {
  /** Positions x, z before the first decision and after each one: `[decisions + 1, 2]`. */
  readonly path: Float32Array
  readonly decisions: number
  readonly ending: Ending
}

export class TrackList {
  readonly tracks: Track[] = []
  /** Number of episodes so far that cannot be replayed or do not end as recorded. */
  broken = 0
  /** Resolves to the final value of `broken` once the last episode has been replayed. */
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

  /** Replays waiting episodes for about `milliseconds`, at least one; does nothing if none are left. */
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
      // The world version differs or the actions are invalid: neither can be drawn.
      this.broken++
    }
  }
}

const lists = new WeakMap<readonly EpisodeRecord[], TrackList>()

/** Returns the tracks of these episodes, cached by the identity of `records`. */
export function tracksOf(records: readonly EpisodeRecord[], worldVersion: number): TrackList {
  const list = lists.get(records) ?? new TrackList(records, worldVersion)
  lists.set(records, list)
  return list
}
