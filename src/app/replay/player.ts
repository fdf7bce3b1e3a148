/** Playback of recorded episodes frame by frame, outside React. */
import { live } from '../stores/live.ts'
import { FrameClock } from './clock.ts'

/** Recorded picture that can be shown at any time. */
export interface Playable {
  /** Time in decisions, from 0 to `end`. */
  readonly time: number
  readonly end: number
  /** Restarts at a moment; cameras that follow the picture treat this as a cut. */
  cut(time?: number): void
  /** Advances by seconds of island time; returns whether anything still moves. */
  advance(seconds: number): boolean
}

/** State of the playback; `paused` means stopped before the end. */
export interface Motion {
  readonly playing: boolean
  readonly paused: boolean
}

export interface PlayerOptions<Picture extends Playable> {
  /** Called when playback starts or stops. */
  onMotion(motion: Motion): void
  /** Called when a picture's first frame is on the screen; `at` is in milliseconds of `performance.now`. */
  onFirstFrame?(picture: Picture, at: number): void
  /** Called after each frame in which the picture may have moved. */
  onTime?(picture: Picture): void
  /** Returns the speed, 1 by default. */
  speed?(): number
}

export class Player<Picture extends Playable> {
  /** Progress bar that grows while the picture plays. */
  bar: HTMLElement | null = null
  readonly #options: PlayerOptions<Picture>
  readonly #clock: FrameClock
  #picture: Picture | undefined
  #playing = false
  /** Whether the picture's first frame has not been drawn yet. */
  #fresh = false

  constructor(options: PlayerOptions<Picture>) {
    this.#options = options
    this.#clock = new FrameClock((seconds) => this.#advance(seconds))
  }

  dispose(): void {
    this.#clock.stop()
  }

  /** Replaces the picture; the new one plays from its start or, if `still`, shows its end. */
  show(picture: Picture | undefined, still: boolean): void {
    this.#picture = picture
    this.#fresh = picture !== undefined
    picture?.cut(still ? picture.end : 0)
    this.#setPlaying(picture !== undefined && !still)
  }

  /** Pauses, or plays on; at its end the picture starts again. */
  toggle(): void {
    const picture = this.#picture
    if (!picture) return
    if (!this.#playing && picture.time >= picture.end) picture.cut()
    this.#setPlaying(!this.#playing)
  }

  /** Plays the picture from its start again. */
  replay(): void {
    this.#picture?.cut()
    this.#setPlaying(this.#picture !== undefined)
  }

  /** Shows the moment at `time`, in decisions; playback continues from there if it is under way. */
  seek(time: number): void {
    this.#picture?.cut(time)
    this.#report()
  }

  #setPlaying(playing: boolean): void {
    this.#playing = playing
    const picture = this.#picture
    this.#options.onMotion({
      playing,
      paused: !playing && picture !== undefined && picture.time < picture.end,
    })
  }

  #advance(gap: number): void {
    const picture = this.#picture
    if (!picture) return
    if (this.#fresh) this.#announce(picture)
    else if (this.#playing) {
      const seconds = gap * (this.#options.speed?.() ?? 1)
      live.time += seconds
      if (!picture.advance(seconds)) this.#setPlaying(false)
    }
    this.#report()
  }

  #report(): void {
    const picture = this.#picture
    if (!picture) return
    const part = picture.end > 0 ? picture.time / picture.end : 0
    this.bar?.style.setProperty('transform', `scaleX(${part})`)
    this.#options.onTime?.(picture)
  }

  /** Reports the first frame right after this task, when it is on the screen. */
  #announce(picture: Picture): void {
    this.#fresh = false
    const { onFirstFrame } = this.#options
    if (onFirstFrame) setTimeout(() => onFirstFrame(picture, performance.now()), 0)
  }
}
