/** Playback of one episode as several policies played it, in step, outside React. */
import { DECISION_SECONDS } from '../../island/index.ts'
import type { EvaluatedEpisode } from '../../lab/evaluation/protocol.ts'
import { endOf, replayedStates, showReel } from '../replay/film.ts'
import type { EvaluateSettings } from '../stores/evaluate-settings.ts'
import { beginTrail, createLane, type LiveLane, live } from '../stores/live.ts'

/** Cap on the time between two frames: a longer gap means a hidden tab, and is not caught up with. */
const LONGEST_STEP_SECONDS = 0.25

export interface Part {
  readonly stage: string
  readonly episode: EvaluatedEpisode
}

export class Rerun {
  readonly lanes: readonly LiveLane[]
  /** Length of the longest episode, in decisions. */
  readonly end: number
  /** Element that is scaled as the progress bar. */
  bar: HTMLElement | null = null
  readonly #parts: readonly Part[]
  readonly #states: readonly ReturnType<typeof replayedStates>[]
  readonly #onMotion: (playing: boolean) => void
  #time = 0
  #playing: boolean
  #lastFrame = 0
  #frame = 0

  /** Starts playing at once, or with `still` stands at the end. */
  constructor(
    parts: readonly Part[],
    start: EvaluateSettings['start'],
    still: boolean,
    onMotion: (playing: boolean) => void,
  ) {
    this.#parts = parts
    this.#states = parts.map(({ episode }) => replayedStates({ ...episode, start }))
    this.lanes = parts.map(createLane)
    this.end = Math.max(0, ...this.#states.map((states) => endOf({ states })))
    this.#onMotion = onMotion
    this.#playing = !still
    this.#cut(still ? this.end : 0)
    onMotion(this.#playing)
    this.#frame = requestAnimationFrame((now) => this.#tick(now))
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame)
  }

  toggle(): void {
    if (!this.#playing && this.#time >= this.end) this.#cut(0)
    this.#setPlaying(!this.#playing)
  }

  /** Plays from the start again. */
  restart(): void {
    this.#cut(0)
    this.#setPlaying(true)
  }

  #setPlaying(playing: boolean): void {
    this.#playing = playing
    this.#onMotion(playing)
  }

  #cut(time: number): void {
    this.#time = time
    for (const [index, lane] of this.lanes.entries()) {
      const [first] = this.#states[index] ?? []
      if (first) beginTrail(lane, this.#parts[index]?.stage ?? 'other', first)
    }
    this.#show()
  }

  #show(): void {
    for (const [index, lane] of this.lanes.entries()) {
      showReel({ states: this.#states[index] ?? [] }, this.#time, lane)
    }
    const part = this.end > 0 ? this.#time / this.end : 0
    this.bar?.style.setProperty('transform', `scaleX(${part})`)
  }

  #tick(now: number): void {
    this.#frame = requestAnimationFrame((next) => this.#tick(next))
    const gap = this.#lastFrame ? Math.max(0, now - this.#lastFrame) / 1000 : 0
    this.#lastFrame = now
    if (!this.#playing) return
    const seconds = Math.min(gap, LONGEST_STEP_SECONDS)
    live.time += seconds
    this.#time = Math.min(this.end, this.#time + seconds / DECISION_SECONDS)
    this.#show()
    if (this.#time >= this.end) this.#setPlaying(false)
  }
}
