/**
 * One agent being watched: asks a worker for decisions in time, plays them through a conductor.
 * Several lanes side by side are several agents of the worker under one clock: see `Ensemble`.
 */

import { type Hand, HumanTurn } from '../acting/human-turn.ts'
import type {
  ActedDecision,
  EpisodeChoice,
  EpisodeSource,
  OpenedModel,
  PlayableSource,
} from '../acting/protocol.ts'
import { type AdvanceOptions, Conductor, type Happening, type Moment } from './conductor.ts'

const NOTHING: readonly ActedDecision[] = []

export class Lane {
  readonly #source: EpisodeSource | PlayableSource
  readonly #onError: (error: unknown) => void
  readonly #onReopened: (opened: OpenedModel) => void
  #conductor: Conductor | undefined
  #choice: EpisodeChoice | undefined
  #human: HumanTurn | undefined
  /** Grows with every episode and every cut: an answer to an older one is dropped. */
  #take = 0
  #asking = false
  /** Why the agent did not see all that a human did. */
  #outOfTouch: { readonly error: unknown } | undefined
  /** Decisions that are asked for, however few are shown. */
  #wanted = 0

  /**
   * `onError` hears of a decision that failed; the lane then stands still until `start`.
   * `onReopened` hears of a policy that lost its device and goes on with another.
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
    return this.#conductor?.moment
  }

  /** The episode as far as it has come, ahead of what is shown. */
  get tape(): readonly ActedDecision[] {
    return this.#conductor?.tape ?? NOTHING
  }

  /** Decisions that have begun to be shown. */
  get shown(): number {
    return this.#conductor?.shown ?? 0
  }

  /** Whether all that is to come has come. */
  get complete(): boolean {
    return this.#conductor?.complete ?? false
  }

  /** Whether it has to wait for its worker before it can move on. */
  get starved(): boolean {
    return !this.#human && (this.#conductor?.starved ?? true)
  }

  /** Island seconds that it can move before it has to wait; infinite while a human decides. */
  get reach(): number {
    return this.#human ? Number.POSITIVE_INFINITY : (this.#conductor?.reach ?? 0)
  }

  /** Whether a human decides. */
  get takenOver(): boolean {
    return this.#human !== undefined
  }

  /**
   * Begins an episode; until the worker is ready for it nothing moves. Resolves to false if
   * another `start` or `open` overtook this one.
   */
  async start(choice: EpisodeChoice): Promise<boolean> {
    const take = this.#forget()
    const state = await this.#source.start(choice)
    if (take !== this.#take) return false
    this.#conductor = new Conductor(state)
    this.#choice = choice
    return true
  }

  /** Moves on by `seconds` of real time and keeps the worker busy. */
  advance(seconds: number, speed: number, options: AdvanceOptions = {}): Happening[] {
    if (!this.#conductor) return []
    const human = this.#human
    if (!human) this.#ask(speed)
    const happenings = this.#conductor.advance(seconds, speed, {
      ...options,
      decide: human && (() => human.decide()),
    })
    if (this.complete) this.#human = undefined
    return happenings
  }

  /** Asks for the first `decisions` of the episode, so that they can be sought. */
  prepare(decisions: number): void {
    this.#wanted = decisions
  }

  /** Stands right after so many decisions, or the last of those that have come. */
  seek(decisions: number): void {
    this.#conductor?.seek(decisions)
  }

  /**
   * From what is shown on, `hand` decides. What the agent had decided beyond that is undone; it goes
   * on seeing everything, so that it can be handed back to at any time.
   */
  takeOver(hand: Hand): void {
    const source = this.#source
    const conductor = this.#conductor
    const choice = this.#choice
    // What was recorded as a path alone cannot be played on.
    if (!conductor || !choice || !('press' in source)) return
    const take = ++this.#take
    this.#asking = false
    const lost = (error: unknown) => {
      if (take === this.#take) this.#outOfTouch ??= { error }
    }
    // Whatever becomes of the agent, the human plays on, and is told when it is handed back to.
    source.rewind(conductor.cut()).catch(lost)
    this.#human = new HumanTurn(choice, conductor.tape, hand, (action, index) =>
      source
        .press(action)
        .then((acted) => {
          if (take !== this.#take) return
          conductor.annotate(index, acted.probabilities)
          this.#tellReopened(acted)
        })
        .catch(lost),
    )
  }

  /** The agent goes on from here. */
  handBack(): void {
    this.#human = undefined
    if (this.#outOfTouch) this.#fail(this.#take, this.#outOfTouch.error)
  }

  /** Stops asking the worker; whatever it still answers, errors included, is dropped. */
  stop(): void {
    this.#forget()
  }

  #forget(): number {
    this.#conductor = undefined
    this.#human = undefined
    this.#outOfTouch = undefined
    this.#asking = false
    this.#wanted = 0
    return ++this.#take
  }

  #ask(speed: number): void {
    const conductor = this.#conductor
    if (this.#asking || !conductor || conductor.complete) return
    if (!conductor.wants(speed) && conductor.tape.length >= this.#wanted) return
    const take = this.#take
    this.#asking = true
    this.#source
      .step()
      .then((decision) => {
        if (take !== this.#take) return
        this.#asking = false
        conductor.receive(decision)
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
    this.#forget()
    this.#onError(error)
  }
}
