/**
 * Plays the Watch page: opens the agents that the address names, starts their episodes, and moves the
 * live picture on with every frame of the screen. One per page; `dispose` ends its worker.
 */
import { Ensemble } from '../../lab/playback/ensemble.ts'
import { messageOf } from '../../lab/worker/errors.ts'
import { loadPlays } from '../data/plays.ts'
import { live } from '../stores/live.ts'
import { useRoute } from '../stores/route.ts'
import { useWatch } from '../stores/watch.ts'
import { readMoment } from '../stores/watch-moment.ts'
import {
  changeWatchSettings,
  currentWatchSettings,
  LARGEST_SEED,
  type WatchSettings,
} from '../stores/watch-settings.ts'
import { GamepadHolder } from './gamepad-holder.ts'
import type { Hands } from './hands/hands.ts'
import { LookingOn } from './looking-on.ts'
import { linkTo, momentOf } from './moment-link.ts'
import { Pace } from './pace.ts'
import { Playhead } from './playhead.ts'
import { loadReplay } from './replays.ts'
import { type Slot, wantedOf } from './slot.ts'
import { tellAll } from './telling.ts'
import { Troupe } from './troupe.ts'

/** A longer gap between two frames is a tab that was hidden. */
const LONGEST_GAP_SECONDS = 0.25

/** Share of the chosen speed from which on nobody sees a difference. */
const FULL_PACE = 0.85

export class Playback {
  readonly #gamepad = new GamepadHolder()
  readonly #playhead = new Playhead()
  readonly #pace = new Pace()
  readonly #troupe = new Troupe({
    onError: (slot, error) => void this.#replace(slot, error),
    onReopened: ({ reason }) => useWatch.setState({ notice: reason }),
  })
  readonly #looking = new LookingOn(() => this.#troupe.connection.jury)
  readonly #unsubscribe: () => void
  #ensemble = new Ensemble([])
  #settings: WatchSettings = currentWatchSettings()
  #query = ''
  /** Grows with every beginning; an older one is dropped. */
  #beginning = 0
  #disposed = false
  #lastFrame = 0
  #frame = 0

  constructor(playing: boolean) {
    useWatch.setState({ ...useWatch.getInitialState(), playing })
    this.#query = momentOf(useRoute.getState().params)
    this.#unsubscribe = useRoute.subscribe(({ page, params }) => {
      // The address of another page says nothing about this one.
      if (page === 'watch') this.#follow(currentWatchSettings(), momentOf(params))
    })
    this.#frame = requestAnimationFrame((now) => this.#tick(now))
    void this.open()
    void loadPlays()
  }

  /** What a visitor plays with. */
  get hands(): Hands {
    return this.#gamepad.hands
  }

  dispose(): void {
    this.#keepUnfinished()
    this.#disposed = true
    this.#unsubscribe()
    cancelAnimationFrame(this.#frame)
    this.hands.release()
    this.#troupe.end()
  }

  toggle(): void {
    const { playing, status } = useWatch.getState()
    if (status !== 'ready') return
    useWatch.setState({ playing: !playing, announcement: playing ? 'Paused.' : 'Playing.' })
    if (!playing && this.#ensemble.finished) this.restart()
  }

  /** The same episode from its start. */
  restart(): void {
    void this.#begin()
  }

  nextSeed(): void {
    const { seed } = this.#settings
    for (const slot of this.#troupe.slots) slot.turn()
    changeWatchSettings({ seed: seed >= LARGEST_SEED ? 0 : seed + 1 })
  }

  /** One decision on, and no further. */
  step(): void {
    const lane = this.#focused?.lane
    if (!lane?.moment) return
    useWatch.setState({ playing: false })
    this.#playhead.stepFrom(lane)
  }

  /** Stands right after so many decisions of those that have been shown. */
  seek(decisions: number): void {
    const { furthest, takenOver } = useWatch.getState()
    if (takenOver) return
    const target = Math.max(0, Math.min(furthest, decisions))
    for (const slot of this.#troupe.slots) slot.seek(target)
    this.#playhead.release()
    useWatch.setState({ playing: false, decisions: target })
  }

  /** From here on the visitor decides in the place of the agent in focus. */
  async takeOver(): Promise<void> {
    const slot = this.#focused
    if (!slot?.lane || useWatch.getState().status !== 'ready') return
    if (slot.lane.complete && slot.lane.shown === slot.lane.tape.length) await this.#begin()
    if (!slot.lane?.moment) return
    this.#playhead.release()
    this.#looking.forget()
    this.#gamepad.take(slot)
  }

  /** The agent goes on from here; where there is none, the play ends. */
  handBack(): void {
    const slot = this.#focused
    if (!slot?.lane?.takenOver) return
    if (slot.acts) {
      slot.lane.handBack()
      this.#gamepad.letGo('The agent has the gamepad back.')
    } else this.restart()
  }

  /** The address of exactly this moment. */
  link(): string {
    return linkTo(this.#troupe.slots)
  }

  /** Opens the agents and the device that the address names, then begins. */
  async open(): Promise<void> {
    this.#keepUnfinished()
    useWatch.setState({ status: 'loading', notice: undefined })
    if (!(await this.#troupe.assemble()) || this.#disposed) return
    useWatch.setState({ status: 'ready' })
    void this.#looking.convene()
    await this.#begin(readMoment(useRoute.getState().params)?.at)
  }

  /** Opens everybody anew. */
  async retry(): Promise<void> {
    this.#troupe.dismiss()
    await this.open()
  }

  /** Whether anybody looks at the running reward. */
  wantRewards(wanted: boolean): void {
    void this.#looking.want(wanted)
  }

  /** Which reward models look on. */
  async chooseRewards(names: readonly string[]): Promise<void> {
    useWatch.setState({ rewardNames: names })
    await this.#looking.convene()
  }

  get #focused(): Slot | undefined {
    return this.#troupe.slots[useWatch.getState().focus]
  }

  #follow(settings: WatchSettings, query: string): void {
    const before = this.#settings
    const asked = this.#query
    this.#settings = settings
    this.#query = query
    if (settings.model !== before.model || settings.device !== before.device) void this.open()
    else if (settings.seed !== before.seed || settings.start !== before.start || query !== asked) {
      void this.#begin(readMoment(useRoute.getState().params)?.at)
    }
  }

  async #begin(cue?: number): Promise<void> {
    this.#keepUnfinished()
    this.#gamepad.letGo()
    const begun = ++this.#beginning
    const moment = readMoment(useRoute.getState().params)
    const replay = moment && (await loadReplay(moment))
    if (begun !== this.#beginning || this.#disposed) return
    const wanted = this.#troupe.slots.map((slot, index) => ({
      slot,
      what: wantedOf(index, this.#settings, replay),
    }))
    for (const { slot, what } of wanted) slot.preview(what)
    this.#looking.forget()
    this.#playhead.reset(cue)
    useWatch.setState({
      decisions: 0,
      furthest: 0,
      authors: '',
      replaying: replay?.words,
      ...(replay?.notice ? { notice: replay.notice } : {}),
    })
    if (useWatch.getState().status !== 'ready') return
    try {
      await Promise.all(wanted.map(({ slot, what }) => slot.begin(what)))
    } catch (error) {
      useWatch.setState({ notice: messageOf(error) })
    }
    if (begun !== this.#beginning) return
    const lanes = this.#troupe.slots.flatMap(({ lane }) => lane ?? [])
    for (const lane of lanes) lane.prepare(cue ?? 0)
    this.#ensemble = new Ensemble(lanes)
  }

  #tick(now: number): void {
    if (this.#disposed) return
    this.#frame = requestAnimationFrame((next) => this.#tick(next))
    const seconds = this.#lastFrame ? (now - this.#lastFrame) / 1000 : 0
    this.#lastFrame = now
    const { playing, status } = useWatch.getState()
    const { speed } = this.#settings
    // The sea moves while the agents are still loading.
    if (playing) live.time += Math.min(seconds, LONGEST_GAP_SECONDS) * speed
    if (status === 'ready') this.#advance(seconds, speed)
    for (const slot of this.#troupe.slots) slot.show()
  }

  #advance(seconds: number, speed: number): void {
    const moves = this.#playhead.moves(useWatch.getState().playing)
    this.#measure(seconds, moves)
    const { until } = this.#playhead
    const happened = this.#ensemble.advanceInStep(
      moves ? seconds : 0,
      speed,
      until === undefined ? {} : { until },
    )
    tellAll(this.#troupe.slots, happened, (slot) => this.#gamepad.settle(slot))
    this.#arrive()
    if (useWatch.getState().takenOver && !this.#focused?.lane?.takenOver) this.#gamepad.letGo()
    this.#looking.look(this.#focused)
    if (this.#ensemble.lanes.length > 0 && this.#ensemble.finished) this.#finish()
  }

  /** Says how fast play goes where that is slower than was chosen. */
  #measure(seconds: number, moves: boolean): void {
    // A long gap is a tab that was hidden.
    if (!moves || seconds > LONGEST_GAP_SECONDS) {
      this.#pace.reset()
      return
    }
    const share = this.#pace.note(seconds, this.#ensemble.held)
    if (share !== undefined) useWatch.setState({ pace: share < FULL_PACE ? share : undefined })
  }

  /** Goes to the moment of a link as soon as it has come. */
  #arrive(): void {
    const cue = this.#playhead.arrive(this.#ensemble.lanes)
    if (cue === undefined) return
    useWatch.setState({ furthest: cue })
    this.seek(cue)
  }

  #finish(): void {
    const { playing, replaying, agents } = useWatch.getState()
    if (!playing) return
    if (replaying !== undefined || this.#troupe.slots.some((slot) => slot.isPlayedByHand))
      useWatch.setState({ playing: false })
    else if (agents.every(({ pathOnly }) => pathOnly === undefined)) this.nextSeed()
  }

  #keepUnfinished(): void {
    this.#gamepad.keepUnfinished(this.#troupe.slots)
  }

  /** An agent gave up in the middle: recordings go on in its place. */
  async #replace(slot: Slot, error: unknown): Promise<void> {
    if (this.#disposed) return
    this.#keepUnfinished()
    await slot.standIn(error)
    await this.#begin()
  }
}
