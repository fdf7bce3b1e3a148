/**
 * Timing between an agent that decides ten times a second and a screen that draws sixty frames.
 *
 * Decisions arrive ahead of time and are appended to a tape. `advance` moves a playhead along it, so
 * that the picture always lies between two known states; `seek` moves the playhead anywhere on the
 * tape. There is no clock and no thread here: time is passed as an argument.
 */
import { DECISION_SECONDS, type IslandState } from '../../island/index.ts'
import type { ActedDecision } from '../acting/protocol.ts'

/** Seconds for which the ending of an episode is shown, at normal speed. */
export const LAUNCH_SECONDS = 1.8
export const MISS_SECONDS = 1.1

/** Longest time step: a longer gap between two frames means a hidden tab, and is not caught up with. */
const LONGEST_STEP_SECONDS = 0.25

export type Phase = 'waiting' | 'moving' | 'ended' | 'finished'

/** Position of the picture between two states. */
export interface Moment {
  readonly phase: Phase
  readonly from: IslandState
  readonly to: IslandState
  /** Fraction of the way from `from` to `to`, 0…1. */
  readonly part: number
  /** Decision that leads from `from` to `to`; undefined before the first. */
  readonly decision: ActedDecision | undefined
  /** Seconds of island time since the episode ended; 0 before. */
  readonly sinceEnd: number
}

export type PlaybackEvent =
  | { readonly kind: 'decision'; readonly decision: ActedDecision }
  | { readonly kind: 'ended'; readonly decision: ActedDecision }
  | { readonly kind: 'finished' }

export interface AdvanceOptions {
  /** Number of decisions after which playback stands still. */
  readonly until?: number
  /** Makes the next decision synchronously once the tape has run out. */
  readonly decide?: (() => ActedDecision) | undefined
}

export class Timeline {
  readonly #start: IslandState
  #tape: ActedDecision[] = []
  /** Number of decisions that have begun to be shown. */
  #shown = 0
  #part = 1
  #sinceEnd = 0
  #phase: Phase = 'waiting'

  constructor(start: IslandState) {
    this.#start = start
  }

  get moment(): Moment {
    return {
      phase: this.#phase,
      from: this.stateAfter(Math.max(0, this.#shown - 1)),
      to: this.stateAfter(this.#shown),
      part: this.#part,
      decision: this.#tape[this.#shown - 1],
      sinceEnd: this.#sinceEnd,
    }
  }

  /** Decisions that have arrived so far, in order. */
  get tape(): readonly ActedDecision[] {
    return this.#tape
  }

  /** Number of decisions that have begun to be shown. */
  get shown(): number {
    return this.#shown
  }

  /** Whether the last decision of the episode has arrived. */
  get complete(): boolean {
    return this.#tape.at(-1)?.ending !== undefined
  }

  /** Whether playback has reached the end of the tape before the end of the episode. */
  get starved(): boolean {
    return this.#part >= 1 && this.#shown === this.#tape.length && !this.complete
  }

  /** Island seconds that can be shown before another decision must arrive; infinite once `complete`. */
  get reach(): number {
    if (this.complete) return Number.POSITIVE_INFINITY
    return (this.#tape.length - this.#shown + 1 - this.#part) * DECISION_SECONDS
  }

  stateAfter(decisions: number): IslandState {
    return this.#tape[decisions - 1]?.state ?? this.#start
  }

  /** Returns whether another decision should be requested, to stay ahead at this speed. */
  wants(speed: number): boolean {
    if (this.complete) return false
    return this.#tape.length - this.#shown < Math.max(2, Math.ceil(2 * speed))
  }

  receive(decision: ActedDecision): void {
    if (this.complete) throw new Error('A decision came in after the last of its episode.')
    this.#tape.push(decision)
  }

  /** Adds the policy's probabilities to a decision that a human made. */
  annotate(index: number, probabilities: Float32Array): void {
    const decision = this.#tape[index]
    if (decision) this.#tape[index] = { ...decision, probabilities }
  }

  /** Removes the decisions that have not begun to be shown; returns the number of those left. */
  cut(): number {
    this.#tape = this.#tape.slice(0, this.#shown)
    return this.#shown
  }

  /** Moves the playhead right after a number of decisions, or to the end of the tape if it is shorter. */
  seek(decisions: number): void {
    this.#shown = Math.max(0, Math.min(this.#tape.length, Math.round(decisions)))
    this.#part = 1
    this.#sinceEnd = 0
    this.#phase = this.complete && this.#shown === this.#tape.length ? 'ended' : 'waiting'
  }

  /** Advances by `seconds` of real time at `speed`; returns what happened, in order. */
  advance(seconds: number, speed: number, options: AdvanceOptions = {}): PlaybackEvent[] {
    const happenings: PlaybackEvent[] = []
    let left = Math.min(seconds, LONGEST_STEP_SECONDS) * speed
    while (left > 0 && this.#phase !== 'finished') {
      left =
        this.#phase === 'ended'
          ? this.#linger(left, happenings)
          : this.#move(left, happenings, options)
    }
    return happenings
  }

  /** Moves towards the next state; returns the time left over. */
  #move(seconds: number, happenings: PlaybackEvent[], options: AdvanceOptions): number {
    if (this.#part >= 1 && !this.#takeNext(happenings, options)) {
      this.#phase = 'waiting'
      return 0
    }
    this.#phase = 'moving'
    const needed = (1 - this.#part) * DECISION_SECONDS
    if (seconds < needed) {
      this.#part += seconds / DECISION_SECONDS
      return 0
    }
    this.#part = 1
    const decision = this.#tape[this.#shown - 1]
    if (decision?.ending !== undefined) {
      this.#phase = 'ended'
      happenings.push({ kind: 'ended', decision })
    }
    return seconds - needed
  }

  #takeNext(happenings: PlaybackEvent[], { until, decide }: AdvanceOptions): boolean {
    if (until !== undefined && this.#shown >= until) return false
    if (this.starved && decide) this.receive(decide())
    const decision = this.#tape[this.#shown]
    if (!decision) return false
    this.#shown++
    this.#part = 0
    happenings.push({ kind: 'decision', decision })
    return true
  }

  #linger(seconds: number, happenings: PlaybackEvent[]): number {
    this.#sinceEnd += seconds
    const enough = this.#tape.at(-1)?.ending === 'none' ? MISS_SECONDS : LAUNCH_SECONDS
    if (this.#sinceEnd >= enough) {
      this.#phase = 'finished'
      happenings.push({ kind: 'finished' })
    }
    return 0
  }
}
