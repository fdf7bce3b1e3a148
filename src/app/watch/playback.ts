/**
 * Plays the Watch page: opens the agents that the address names, starts their episodes, and moves the
 * live picture on with every frame of the screen. One per page; `dispose` ends its worker.
 */
import { Ensemble } from '../../lab/ensemble.ts'
import { messageOf } from '../../lab/errors.ts'
import type { Script } from '../../lab/protocol.ts'
import { live } from '../stores/live.ts'
import { useRoute } from '../stores/route.ts'
import { useWatch } from '../stores/watch.ts'
import { readMoment, withMoment } from '../stores/watch-moment.ts'
import {
  changeWatchSettings,
  currentWatchSettings,
  LARGEST_SEED,
  type WatchSettings,
} from '../stores/watch-settings.ts'
import { Hands } from './hands/hands.ts'
import { LookingOn } from './looking-on.ts'
import { isOwnPlay, keepOwnPlay, loadPlays } from './own-plays.ts'
import { loadReplay } from './replays.ts'
import type { Slot } from './slot.ts'
import { tellAll } from './telling.ts'
import { Troupe } from './troupe.ts'

/** A longer gap between two frames is a tab that was hidden. */
const LONGEST_GAP_SECONDS = 0.25

export class Playback {
  readonly hands = new Hands()
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
  /** Decisions to go to as soon as they are there. */
  #cue: number | undefined
  /** Decisions after which to stand still. */
  #until: number | undefined
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
    const moment = this.#focused?.lane?.moment
    if (!moment) return
    const shown = this.#focused?.lane?.shown ?? 0
    useWatch.setState({ playing: false })
    this.#until = moment.part < 1 ? shown : shown + 1
  }

  /** Stands right after so many decisions of those that have been shown. */
  seek(decisions: number): void {
    const { furthest, takenOver } = useWatch.getState()
    if (takenOver) return
    const target = Math.max(0, Math.min(furthest, decisions))
    for (const slot of this.#troupe.slots) slot.seek(target)
    this.#until = undefined
    useWatch.setState({ playing: false, decisions: target })
  }

  /** From here on the visitor decides in the place of the agent in focus. */
  async takeOver(): Promise<void> {
    const slot = this.#focused
    if (!slot?.lane || useWatch.getState().status !== 'ready') return
    if (slot.lane.complete && slot.lane.shown === slot.lane.tape.length) await this.#begin()
    if (!slot.lane?.moment) return
    this.#until = undefined
    slot.settled = false
    slot.lane.takeOver(this.hands.take())
    this.#looking.forget()
    changeWatchSettings({ camera: 'chase' })
    useWatch.setState({
      takenOver: true,
      replaying: undefined,
      playing: true,
      furthest: slot.lane.shown,
      notice: undefined,
      announcement: 'You hold the gamepad.',
    })
  }

  /** The agent goes on from here; where there is none, the play ends. */
  handBack(): void {
    const slot = this.#focused
    if (!slot?.lane?.takenOver) return
    if (slot.acts) {
      slot.lane.handBack()
      this.#letGo('The agent has the gamepad back.')
    } else this.restart()
  }

  /** The address of exactly this moment. */
  link(): string {
    const scripts = this.#troupe.slots.map(({ lane }): Script => {
      const tape = lane?.tape.slice(0, lane.shown) ?? []
      const authors = tape.map(({ author }) => author).join('')
      return { actions: Uint16Array.from(tape, ({ action }) => action), authors }
    })
    const at = useWatch.getState().decisions
    const params = withMoment(useRoute.getState().params, scripts, at)
    return `${location.href.split('#')[0]}#/watch?${params}`
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
    this.#letGo()
    const begun = ++this.#beginning
    const { start, seed } = this.#settings
    const moment = readMoment(useRoute.getState().params)
    const replay = moment && (await loadReplay(moment))
    if (begun !== this.#beginning || this.#disposed) return
    const wanted = this.#troupe.slots.map((slot, index) => ({
      slot,
      what: {
        start,
        seed,
        ...replay?.episode,
        script: replay?.scripts[index],
        path: index === 0 ? replay?.path : undefined,
      },
    }))
    for (const { slot, what } of wanted) slot.preview(what)
    this.#looking.forget()
    this.#cue = cue
    this.#until = undefined
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
    const moves = this.#cue === undefined && (useWatch.getState().playing || this.#until)
    const until = this.#until
    const happened = this.#ensemble.advanceInStep(
      moves ? seconds : 0,
      speed,
      until === undefined ? {} : { until },
    )
    tellAll(this.#troupe.slots, happened, (slot) => this.#settle(slot))
    this.#arrive()
    if (useWatch.getState().takenOver && !this.#focused?.lane?.takenOver) this.#letGo()
    this.#looking.look(this.#focused)
    if (this.#ensemble.lanes.length > 0 && this.#ensemble.finished) this.#finish()
  }

  /** Ends a step, and goes to the moment of a link as soon as it has come. */
  #arrive(): void {
    const { lanes } = this.#ensemble
    const there = (decisions: number) =>
      lanes.every((lane) => lane.complete || lane.tape.length >= decisions)
    if (this.#cue !== undefined && lanes.length > 0 && there(this.#cue)) {
      const cue = this.#cue
      this.#cue = undefined
      useWatch.setState({ furthest: cue })
      this.seek(cue)
    }
    const until = this.#until
    const still = lanes.every(
      ({ moment, shown, complete }) => moment?.part === 1 && (complete || shown >= (until ?? 0)),
    )
    if (until !== undefined && still) this.#until = undefined
  }

  /** An episode has ended: what a human did of it is kept. */
  #settle(slot: Slot): void {
    if (slot.settled) return
    slot.settled = true
    slot.keepTrail()
    this.#keep(slot)
  }

  #finish(): void {
    const { playing, replaying, agents } = useWatch.getState()
    if (!playing) return
    const human = this.#troupe.slots.some(({ lane }) =>
      lane?.tape.some(({ author }) => author === 'h'),
    )
    if (replaying !== undefined || human) useWatch.setState({ playing: false })
    else if (agents.every(({ pathOnly }) => pathOnly === undefined)) this.nextSeed()
  }

  #keep(slot: Slot): void {
    const tape = slot.lane?.tape.slice(0, slot.lane.shown) ?? []
    if (useWatch.getState().replaying !== undefined || !isOwnPlay(tape)) return
    void keepOwnPlay(tape, { name: slot.name, sha256: slot.sha256, ...slot.episode })
  }

  /** Plays that are left before their end are kept as far as they came. */
  #keepUnfinished(): void {
    for (const slot of this.#troupe.slots) {
      if (!slot.settled) this.#keep(slot)
      slot.settled = true
    }
  }

  #letGo(announcement?: string): void {
    if (!useWatch.getState().takenOver) return
    this.hands.release()
    useWatch.setState({ takenOver: false, ...(announcement ? { announcement } : {}) })
  }

  /** An agent gave up in the middle: recordings go on in its place. */
  async #replace(slot: Slot, error: unknown): Promise<void> {
    if (this.#disposed) return
    this.#keepUnfinished()
    await slot.standIn(error)
    await this.#begin()
  }
}

/** The part of the address that names a moment. */
function momentOf(params: URLSearchParams): string {
  return ['play', 'by', 'world', 't', 'clip'].map((name) => params.get(name) ?? '').join()
}
