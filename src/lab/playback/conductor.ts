/**
 * Keeps time between an agent that decides ten times a second and a screen that draws sixty.
 *
 * Decisions come in ahead of time and are put on a tape; `advance` moves a playhead along it, so that
 * what is shown is always between two states that are known, and `seek` puts the playhead anywhere on
 * what has come. There is no clock and no thread in here: time comes in as an argument.
 */
import { DECISION_SECONDS, type IslandState } from '../../island/index.ts'
import type { ActedDecision } from '../acting/protocol.ts'

/** Time after an episode during which its ending can be seen, at normal speed. */
export const LAUNCH_SECONDS = 1.8
export const MISS_SECONDS = 1.1

/** A longer gap between two frames is a tab that was hidden, not time to catch up with. */
const LONGEST_STEP_SECONDS = 0.25

export type Phase = 'waiting' | 'moving' | 'ended' | 'finished'

/** Between which states the picture stands. */
export interface Moment {
  readonly phase: Phase
  readonly from: IslandState
  readonly to: IslandState
  /** How far from `from` to `to`, 0…1. */
  readonly part: number
  /** The decision that leads from `from` to `to`; undefined before the first. */
  readonly decision: ActedDecision | undefined
  /** Seconds of island time since the episode ended; 0 until then. */
  readonly sinceEnd: number
}

export type Happening =
  | { readonly kind: 'decision'; readonly decision: ActedDecision }
  | { readonly kind: 'ended'; readonly decision: ActedDecision }
  | { readonly kind: 'finished' }

export interface AdvanceOptions {
  /** Stands still after so many decisions. */
  readonly until?: number
  /** Decides on the spot, where the tape has come to its end. */
  readonly decide?: (() => ActedDecision) | undefined
}

export class Conductor {
  readonly #start: IslandState
  #tape: ActedDecision[] = []
  /** Decisions that have begun to be shown. */
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

  /** All decisions that have come so far, in order. */
  get tape(): readonly ActedDecision[] {
    return this.#tape
  }

  /** Decisions that have begun to be shown. */
  get shown(): number {
    return this.#shown
  }

  /** Whether the last decision of the episode has come. */
  get complete(): boolean {
    return this.#tape.at(-1)?.ending !== undefined
  }

  /** Whether it stands at the end of the tape, and more is to come. */
  get starved(): boolean {
    return this.#part >= 1 && this.#shown === this.#tape.length && !this.complete
  }

  /** Island seconds that can be shown before another decision must come; infinite once all have come. */
  get reach(): number {
    if (this.complete) return Number.POSITIVE_INFINITY
    return (this.#tape.length - this.#shown + 1 - this.#part) * DECISION_SECONDS
  }

  stateAfter(decisions: number): IslandState {
    return this.#tape[decisions - 1]?.state ?? this.#start
  }

  /** Whether another decision should be asked for, to stay ahead at this speed. */
  wants(speed: number): boolean {
    if (this.complete) return false
    return this.#tape.length - this.#shown < Math.max(2, Math.ceil(2 * speed))
  }

  receive(decision: ActedDecision): void {
    if (this.complete) throw new Error('A decision came in after the last of its episode.')
    this.#tape.push(decision)
  }

  /** Writes down what the policy would have done where a human decided. */
  annotate(index: number, probabilities: Float32Array): void {
    const decision = this.#tape[index]
    if (decision) this.#tape[index] = { ...decision, probabilities }
  }

  /** Takes all off the tape that has not begun to be shown; gives how many decisions are left. */
  cut(): number {
    this.#tape = this.#tape.slice(0, this.#shown)
    return this.#shown
  }

  /** Stands right after so many decisions, or the last of those that have come. */
  seek(decisions: number): void {
    this.#shown = Math.max(0, Math.min(this.#tape.length, Math.round(decisions)))
    this.#part = 1
    this.#sinceEnd = 0
    this.#phase = this.complete && this.#shown === this.#tape.length ? 'ended' : 'waiting'
  }

  /** Moves on by `seconds` of real time at `speed`; says what came to pass, in order. */
  advance(seconds: number, speed: number, options: AdvanceOptions = {}): Happening[] {
    const happenings: Happening[] = []
    let left = Math.min(seconds, LONGEST_STEP_SECONDS) * speed
    while (left > 0 && this.#phase !== 'finished') {
      left =
        this.#phase === 'ended'
          ? this.#linger(left, happenings)
          : this.#move(left, happenings, options)
    }
    return happenings
  }

  /** Moves towards the next state; gives the time that is left over. */
  #move(seconds: number, happenings: Happening[], options: AdvanceOptions): number {
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

  #takeNext(happenings: Happening[], { until, decide }: AdvanceOptions): boolean {
    if (until !== undefined && this.#shown >= until) return false
    if (this.starved && decide) this.receive(decide())
    const decision = this.#tape[this.#shown]
    if (!decision) return false
    this.#shown++
    this.#part = 0
    happenings.push({ kind: 'decision', decision })
    return true
  }

  #linger(seconds: number, happenings: Happening[]): number {
    this.#sinceEnd += seconds
    const enough = this.#tape.at(-1)?.ending === 'none' ? MISS_SECONDS : LAUNCH_SECONDS
    if (this.#sinceEnd >= enough) {
      this.#phase = 'finished'
      happenings.push({ kind: 'finished' })
    }
    return 0
  }
}
