/**
 * Playback of the Watch page: opens the agents that the address names, starts their episodes, and
 * advances the live picture on every animation frame. One per page; `dispose` ends its worker.
 */

import { LaneGroup } from '../../lab/playback/lane-group.ts'
import { loadPlays } from '../data/plays.ts'
import { FrameClock, LONGEST_GAP_SECONDS } from '../replay/clock.ts'
import { problemOf } from '../sentences.ts'
import { carriedMap, islandOf } from '../stores/island-choice.ts'
import { live } from '../stores/live.ts'
import { useRoute } from '../stores/route.ts'
import { useWatch } from '../stores/watch.ts'
import { momentKey, readMoment, type SharedMoment, withMoment } from '../stores/watch-moment.ts'
import {
  changeWatchSettings,
  currentWatchSettings,
  LARGEST_SEED,
  type WatchSettings,
} from '../stores/watch-settings.ts'
import { type Agent, wantedOf } from './agent.ts'
import { Agents } from './agents.ts'
import { GamepadHolder } from './gamepad-holder.ts'
import type { Hands } from './hands/hands.ts'
import { Pace } from './pace.ts'
import { Playhead } from './playhead.ts'
import { loadReplay } from './replays.ts'
import { RewardScoring } from './reward-scoring.ts'

/** Minimum share of the chosen speed that counts as full speed: the difference is not visible. */
const FULL_PACE = 0.85

/** Settings that ask for another episode of the same agents. */
const OF_THE_BEGINNING = ['seed', 'start', 'island'] as const

export class Playback {
  readonly #gamepad = new GamepadHolder()
  readonly #playhead = new Playhead()
  readonly #pace = new Pace()
  readonly #agents = new Agents({
    onError: (agent, error) => void this.#replace(agent, error),
    onPreview: () => void this.#preview(),
    onReopened: ({ reason }) => useWatch.setState({ notice: reason }),
  })
  readonly #scoring = new RewardScoring(() => this.#agents.connection.scorer)
  readonly #unsubscribe: () => void
  #laneGroup = new LaneGroup([])
  #settings: WatchSettings = currentWatchSettings()
  #query = ''
  /** Number that grows with every start of episodes; older ones are dropped. */
  #beginning = 0
  /** Whether recordings play until the agents are loaded. */
  #previewing = false
  #disposed = false
  readonly #clock: FrameClock

  constructor(playing: boolean) {
    useWatch.setState({ ...useWatch.getInitialState(), playing })
    this.#query = momentKey(useRoute.getState().params)
    this.#unsubscribe = useRoute.subscribe(({ page, params }) => {
      // The address of another page says nothing about this one.
      if (page === 'watch') this.#follow(currentWatchSettings(), momentKey(params))
    })
    this.#clock = new FrameClock((seconds, gap) => this.#tick(seconds, gap))
    void this.open()
    void loadPlays()
  }

  /** Input devices of the visitor. */
  get hands(): Hands {
    return this.#gamepad.hands
  }

  dispose(): void {
    this.#keepUnfinished()
    this.#disposed = true
    this.#unsubscribe()
    this.#clock.stop()
    this.hands.release()
    this.#agents.end()
  }

  toggle(): void {
    const { playing, status } = useWatch.getState()
    if (status !== 'ready') return
    useWatch.setState({ playing: !playing, announcement: playing ? 'Paused.' : 'Playing.' })
    if (!playing && this.#laneGroup.finished) this.restart()
  }

  /** Restarts the same episode. */
  restart(): void {
    void this.#begin()
  }

  nextSeed(): void {
    const { seed } = this.#settings
    for (const agent of this.#agents.list) agent.turn()
    changeWatchSettings({ seed: seed >= LARGEST_SEED ? 0 : seed + 1 })
  }

  /** Pauses, and advances by one decision. */
  step(): void {
    const lane = this.#agents.focused?.lane
    if (!lane?.moment) return
    useWatch.setState({ playing: false })
    this.#playhead.stepFrom(lane)
  }

  /** Pauses right after a number of decisions, at most as many as were shown; not while a human plays. */
  seek(decisions: number): void {
    const { furthest, takenOver } = useWatch.getState()
    if (takenOver) return
    const target = Math.max(0, Math.min(furthest, decisions))
    for (const agent of this.#agents.list) agent.seek(target)
    this.#playhead.release()
    useWatch.setState({ playing: false, decisions: target })
  }

  /** Lets the visitor decide in place of the agent in focus; restarts an episode that has ended. */
  async takeOver(): Promise<void> {
    const agent = this.#agents.focused
    const { status, agents } = useWatch.getState()
    // Only the path of such an episode is known, so nobody can play on in it.
    if (agents.some(({ pathOnly }) => pathOnly !== undefined)) return
    if (!agent?.lane || status !== 'ready') return
    if (agent.lane.complete && agent.lane.shown === agent.lane.tape.length) await this.#begin()
    if (!agent.lane?.moment) return
    this.#playhead.release()
    this.#scoring.forget()
    this.#gamepad.take(agent)
  }

  /** Lets the agent continue from here; if it cannot act, the episode restarts. */
  handBack(): void {
    const agent = this.#agents.focused
    if (!agent?.lane?.takenOver) return
    if (agent.acts) {
      agent.lane.handBack()
      this.#gamepad.letGo('The agent has the gamepad back.')
    } else this.restart()
  }

  /** Returns the URL of exactly this moment. */
  link(): string {
    const scripts = this.#agents.list.map(({ lane }) => {
      const tape = lane?.tape.slice(0, lane.shown) ?? []
      const authors = tape.map(({ author }) => author).join('')
      return { actions: Uint16Array.from(tape, ({ action }) => action), authors }
    })
    const { decisions } = useWatch.getState()
    const params = withMoment(useRoute.getState().params, scripts, decisions)
    return `${location.href.split('#')[0]}#/watch?${params}`
  }

  /** Opens the agents and the device that the address names, then begins. */
  async open(): Promise<void> {
    this.#keepUnfinished()
    this.#previewing = false
    useWatch.setState({ status: 'loading', notice: undefined })
    if (!(await this.#agents.assemble()) || this.#disposed) return
    useWatch.setState({ status: 'ready' })
    void this.#scoring.openModels()
    await this.#begin(this.#moment?.at)
  }

  /** Opens all agents again, in a new worker. */
  async retry(): Promise<void> {
    this.#agents.dismiss()
    await this.open()
  }

  /** Starts or stops the running reward. */
  wantRewards(wanted: boolean): void {
    void this.#scoring.want(wanted)
  }

  /** Chooses the reward models that score. */
  async chooseRewards(names: readonly string[]): Promise<void> {
    useWatch.setState({ rewardNames: names })
    await this.#scoring.openModels()
  }

  #follow(settings: WatchSettings, query: string): void {
    const before = this.#settings
    const asked = this.#query
    this.#settings = settings
    this.#query = query
    // Outcomes of another island are other outcomes.
    if (settings.island !== before.island) useWatch.setState({ tallies: {}, latest: '' })
    if (settings.model !== before.model || settings.device !== before.device) void this.open()
    else if (OF_THE_BEGINNING.some((name) => settings[name] !== before[name]) || query !== asked) {
      void this.#begin(this.#moment?.at)
    }
  }

  async #begin(cue?: number): Promise<void> {
    this.#keepUnfinished()
    this.#gamepad.letGo()
    const begun = ++this.#beginning
    const moment = this.#moment
    const replay = moment && (await loadReplay(moment))
    if (begun !== this.#beginning || this.#disposed) return
    const wanted = this.#agents.list.map((agent, index) => ({
      agent,
      what: wantedOf(index, this.#settings, replay),
    }))
    for (const { agent, what } of wanted) agent.prepare(what)
    this.#scoring.forget()
    this.#playhead.reset(cue)
    useWatch.setState({
      decisions: 0,
      furthest: 0,
      authors: '',
      replaying: replay?.words,
      ...(replay?.notice ? { notice: replay.notice } : {}),
    })
    if (!this.#moves) return
    try {
      await Promise.all(wanted.map(({ agent, what }) => agent.begin(what)))
    } catch (error) {
      useWatch.setState({ notice: problemOf(error) })
    }
    if (begun !== this.#beginning) return
    // Nothing would move until a human takes over.
    if (this.#agents.list.every(({ isIdle }) => isIdle)) useWatch.setState({ playing: false })
    const lanes = this.#agents.list.flatMap(({ lane }) => lane ?? [])
    for (const lane of lanes) lane.prepare(cue ?? 0)
    this.#laneGroup = new LaneGroup(lanes)
  }

  /**
   * Moment in the address; undefined if there is none, or if its island could not be read: its
   * actions mean nothing on the island that is shown instead.
   */
  get #moment(): SharedMoment | undefined {
    if (islandOf(this.#settings.island).problem !== undefined) return undefined
    return readMoment(useRoute.getState().params)
  }

  /** Whether there is anything to play. */
  get #moves(): boolean {
    return this.#previewing || useWatch.getState().status === 'ready'
  }

  /** Plays recordings until the agents are loaded. */
  async #preview(): Promise<void> {
    if (this.#disposed || useWatch.getState().status === 'ready') return
    if (carriedMap(this.#settings.island) !== undefined) return
    this.#previewing = true
    await this.#begin()
  }

  #tick(seconds: number, gap: number): void {
    const { playing } = useWatch.getState()
    const { speed } = this.#settings
    // The sea moves while the agents are still loading.
    if (playing) live.time += seconds * speed
    if (this.#moves) this.#advance(seconds, gap, speed)
    for (const agent of this.#agents.list) agent.show()
  }

  #advance(seconds: number, gap: number, speed: number): void {
    const moves = this.#playhead.moves(useWatch.getState().playing)
    this.#measure(gap, moves)
    const { until } = this.#playhead
    const happened = this.#laneGroup.advanceInStep(
      moves ? seconds : 0,
      speed,
      until === undefined ? {} : { until },
    )
    this.#agents.take(happened, (agent) => this.#gamepad.settle(agent))
    this.#arrive()
    const { focused } = this.#agents
    if (useWatch.getState().takenOver && !focused?.lane?.takenOver) this.#gamepad.letGo()
    this.#scoring.look(focused)
    if (this.#laneGroup.lanes.length > 0 && this.#laneGroup.finished) this.#finish()
  }

  /** Publishes the pace of play if it is below the chosen speed. */
  #measure(seconds: number, moves: boolean): void {
    // A long gap means a hidden tab.
    if (!moves || seconds > LONGEST_GAP_SECONDS) {
      this.#pace.reset()
      return
    }
    const share = this.#pace.note(seconds, this.#laneGroup.held)
    if (share !== undefined) useWatch.setState({ pace: share < FULL_PACE ? share : undefined })
  }

  /** Seeks to the moment of a link as soon as its decisions have arrived. */
  #arrive(): void {
    const cue = this.#playhead.arrive(this.#laneGroup.lanes)
    if (cue === undefined) return
    useWatch.setState({ furthest: cue })
    this.seek(cue)
  }

  #finish(): void {
    const { playing, replaying, agents } = useWatch.getState()
    if (!playing) return
    if (this.#previewing && useWatch.getState().status === 'loading') {
      for (const agent of this.#agents.list) agent.turn()
      this.restart()
    } else if (replaying !== undefined || this.#agents.list.some((agent) => agent.isPlayedByHand))
      useWatch.setState({ playing: false })
    else if (agents.every(({ pathOnly }) => pathOnly === undefined)) this.nextSeed()
  }

  #keepUnfinished(): void {
    this.#gamepad.keepUnfinished(this.#agents.list)
  }

  /** Replaces an agent that has failed by recordings. */
  async #replace(agent: Agent, error: unknown): Promise<void> {
    if (this.#disposed) return
    this.#keepUnfinished()
    await agent.standIn(error)
    await this.#begin()
  }
}
