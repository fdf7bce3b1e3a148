/**
 * Keeps time between an agent that decides ten times a second and a screen that draws sixty.
 *
 * Decisions come in ahead of time and wait in a short queue; `advance` moves a playhead through
 * them, so that what is shown is always between two states that are known. There is no clock and
 * no thread in here: time comes in as an argument.
 */
import { DECISION_SECONDS, type IslandState } from '../island/index.ts'
import type { ActedDecision } from './protocol.ts'

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

export class Conductor {
  #from: IslandState
  #to: IslandState
  #part = 1
  #decision: ActedDecision | undefined
  #sinceEnd = 0
  #phase: Phase = 'waiting'
  #lastReceived = false
  readonly #queue: ActedDecision[] = []

  constructor(start: IslandState) {
    this.#from = start
    this.#to = start
  }

  get moment(): Moment {
    return {
      phase: this.#phase,
      from: this.#from,
      to: this.#to,
      part: this.#part,
      decision: this.#decision,
      sinceEnd: this.#sinceEnd,
    }
  }

  /** Whether another decision should be asked for, to stay ahead at this speed. */
  wants(speed: number): boolean {
    if (this.#lastReceived) return false
    return this.#queue.length < Math.max(2, Math.ceil(2 * speed))
  }

  receive(decision: ActedDecision): void {
    if (this.#lastReceived) throw new Error('A decision came in after the last of its episode.')
    this.#queue.push(decision)
    this.#lastReceived = decision.ending !== undefined
  }

  /** Moves on by `seconds` of real time at `speed`; says what came to pass, in order. */
  advance(seconds: number, speed: number): Happening[] {
    const happenings: Happening[] = []
    let left = Math.min(seconds, LONGEST_STEP_SECONDS) * speed
    while (left > 0 && this.#phase !== 'finished') {
      left = this.#phase === 'ended' ? this.#linger(left, happenings) : this.#move(left, happenings)
    }
    return happenings
  }

  /** Moves towards the next state; gives the time that is left over. */
  #move(seconds: number, happenings: Happening[]): number {
    if (this.#part >= 1 && !this.#takeNext(happenings)) {
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
    if (this.#decision?.ending !== undefined) {
      this.#phase = 'ended'
      happenings.push({ kind: 'ended', decision: this.#decision })
    }
    return seconds - needed
  }

  #takeNext(happenings: Happening[]): boolean {
    const decision = this.#queue.shift()
    if (!decision) return false
    this.#from = this.#to
    this.#to = decision.state
    this.#part = 0
    this.#decision = decision
    happenings.push({ kind: 'decision', decision })
    return true
  }

  #linger(seconds: number, happenings: Happening[]): number {
    this.#sinceEnd += seconds
    const enough = this.#decision?.ending === 'none' ? MISS_SECONDS : LAUNCH_SECONDS
    if (this.#sinceEnd >= enough) {
      this.#phase = 'finished'
      happenings.push({ kind: 'finished' })
    }
    return 0
  }
}
