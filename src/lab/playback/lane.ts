/**
 * Playback of one agent: requests decisions from a worker ahead of time and plays them through a
 * timeline. `LaneGroup` runs the lanes of several agents on one clock.
 */

import { type Hand, HumanTurn } from '../acting/human-turn.ts'
import type {
  ActedDecision,
  EpisodeChoice,
  EpisodeSource,
  OpenedModel,
  PlayableSource,
} from '../acting/protocol.ts'
import { type AdvanceOptions, type Moment, type PlaybackEvent, Timeline } from './timeline.ts'

const NOTHING: readonly ActedDecision[] = []

export class Lane {
  readonly #source: EpisodeSource | PlayableSource
  readonly #onError: (error: unknown) => void
  readonly #onReopened: (opened: OpenedModel) => void
  #timeline: Timeline | undefined
  #choice: EpisodeChoice | undefined
  #human: HumanTurn | undefined
  /** Number that grows with every episode and every cut: older answers are dropped. */
  #take = 0
  #asking = false
  /** Error because of which the agent missed decisions of a human; reported at `handBack`. */
  #outOfTouch: { readonly error: unknown } | undefined
  /** Number of decisions to request, however few are shown. */
  #wanted = 0

  /**
   * `onError` is called when a decision fails; the lane then stands still until `start`.
   * `onReopened` is called when a policy has lost its device and was reopened on another.
   */
  constructor(
    source: EpisodeSource | PlayableSource,
    onError: (error: unknown) => void,
    onReopened: (opened: OpenedModel) => void = () => undefined,
  ) {
    this.#source = source
    this.#onError = onError
    this.#onReopened = onReopened
  }

  get moment(): Moment | undefined {
    return this.#timeline?.moment
  }

  /** Decisions that have arrived so far, ahead of those shown. */
  get tape(): readonly ActedDecision[] {
    return this.#timeline?.tape ?? NOTHING
  }

  /** Number of decisions that have begun to be shown. */
  get shown(): number {
    return this.#timeline?.shown ?? 0
  }

  /** Whether the last decision of the episode has arrived. */
  get complete(): boolean {
    return this.#timeline?.complete ?? false
  }

  /** Whether playback waits for the worker; false while a human decides. */
  get starved(): boolean {
    return !this.#human && (this.#timeline?.starved ?? true)
  }

  /** Island seconds that can be shown before playback must wait; infinite while a human decides. */
  get reach(): number {
    return this.#human ? Number.POSITIVE_INFINITY : (this.#timeline?.reach ?? 0)
  }

  /** Whether a human decides in the agent's place. */
  get takenOver(): boolean {
    return this.#human !== undefined
  }

  /**
   * Begins an episode; nothing moves until the worker is ready for it. Resolves to false if another
   * `start`, or `stop`, superseded this one.
   */
  async start(choice: EpisodeChoice): Promise<boolean> {
    const take = this.#forget()
    const state = await this.#source.start(choice)
    if (take !== this.#take) return false
    this.#timeline = new Timeline(state)
    this.#choice = choice
    return true
  }

  /** Advances by `seconds` of real time, returns what happened, and keeps the worker busy. */
  advance(seconds: number, speed: number, options: AdvanceOptions = {}): PlaybackEvent[] {
    if (!this.#timeline) return []
    const human = this.#human
    if (!human) this.#ask(speed)
    const events = this.#timeline.advance(seconds, speed, {
      ...options,
      decide: human && (() => human.decide()),
    })
    if (this.complete) this.#human = undefined
    return events
  }

  /** Has the first `decisions` of the episode requested, so that `seek` can reach them. */
  prepare(decisions: number): void {
    this.#wanted = decisions
  }

  /** Moves right after a number of decisions, or to the last one that has arrived. */
  seek(decisions: number): void {
    this.#timeline?.seek(decisions)
  }

  /**
   * Lets `hand` decide from the shown state on. The agent's decisions beyond it are undone; the agent
   * still observes every frame, so that `handBack` works at any time. Nothing happens without an
   * episode, or for a stored path, which cannot be played on.
   */
  takeOver(hand: Hand): void {
    const source = this.#source
    const timeline = this.#timeline
    const choice = this.#choice
    if (!timeline || !choice || !('press' in source)) return
    const take = ++this.#take
    this.#asking = false
    const lost = (error: unknown) => {
      if (take === this.#take) this.#outOfTouch ??= { error }
    }
    // If the agent fails, the human plays on; the error is reported by `handBack`.
    source.rewind(timeline.cut()).catch(lost)
    this.#human = new HumanTurn(choice, timeline.tape, hand, (action, index) =>
      source
        .press(action)
        .then((acted) => {
          if (take !== this.#take) return
          timeline.annotate(index, acted.probabilities)
          this.#tellReopened(acted)
        })
        .catch(lost),
    )
  }

  /** Lets the agent continue from the shown state; calls `onError` if it has missed decisions. */
  handBack(): void {
    this.#human = undefined
    if (this.#outOfTouch) this.#fail(this.#take, this.#outOfTouch.error)
  }

  /** Stops requesting decisions; later answers of the worker, errors included, are dropped. */
  stop(): void {
    this.#forget()
  }

  #forget(): number {
    this.#timeline = undefined
    this.#human = undefined
    this.#outOfTouch = undefined
    this.#asking = false
    this.#wanted = 0
    return ++this.#take
  }

  #ask(speed: number): void {
    const timeline = this.#timeline
    if (this.#asking || !timeline || timeline.complete) return
    if (!timeline.wants(speed) && timeline.tape.length >= this.#wanted) return
    const take = this.#take
    this.#asking = true
    this.#source
      .step()
      .then((decision) => {
        if (take !== this.#take) return
        this.#asking = false
        timeline.receive(decision)
        this.#tellReopened(decision)
        if (!this.#human) this.#ask(speed)
      })
      .catch((error: unknown) => this.#fail(take, error))
  }

  #tellReopened({ reopened }: ActedDecision): void {
    if (reopened) this.#onReopened(reopened)
  }

  #fail(take: number, error: unknown): void {
    if (take !== this.#take) return
    // The tape is still there for the listener, which may save what a human played.
    this.#onError(error)
    if (take === this.#take) this.#forget()
  }
}
