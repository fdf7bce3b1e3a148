/**
 * The landing page's show: recorded episodes from the first moment on, replaced by the live agents once
 * these have loaded and a round has ended. All start from the same seed. One per page; `dispose` ends
 * its worker.
 */

import { type Ending, replay, startState } from '../../island/index.ts'
import type { ActingConnection } from '../../lab/acting/connect.ts'
import type { PlaybackEvent } from '../../lab/playback/timeline.ts'
import { stageName } from '../../procedure/model-stages.ts'
import { RECORDED_SEEDS, recordingsOf } from '../data/recordings.ts'
import { FrameClock } from '../replay/clock.ts'
import { webGl } from '../scene/webgl.ts'
import { endingSentence, problemOf } from '../sentences.ts'
import { useLanding } from '../stores/landing.ts'
import {
  changeWatchSettings,
  currentWatchSettings,
  LARGEST_SEED,
} from '../stores/watch-settings.ts'
import { type Cast, liveCast, recordedCast } from './casts.ts'
import type { Runner } from './runners.ts'

const START = 'spawn'

/** Share of the whole loading progress that is reached once the agents have loaded. */
const AGENTS_PART = 0.85

/** Frames after which loading starts: the first movement is visible by then, and the network is free. */
const FRAMES_BEFORE_LOADING = 20

export class Show {
  #cast: Cast = recordedCast((error) => this.#fail(error))
  /** Cast that plays from the next round on. */
  #next: Cast | undefined
  #connection: ActingConnection | undefined
  #round = 0
  readonly #clock: FrameClock
  #frames = 0
  #disposed = false
  #loading = false
  /** Sentences of this round, one per runner that has ended. */
  #endings: string[] = []

  /** `playing` is whether it starts to play by itself. */
  constructor(playing: boolean) {
    useLanding.setState({ ...useLanding.getInitialState(), playing })
    void this.#begin()
    if (!playing) this.#leaveWholePaths()
    this.#clock = new FrameClock((seconds) => this.#tick(seconds))
  }

  dispose(): void {
    this.#disposed = true
    this.#clock.stop()
    this.#connection?.end()
  }

  toggle(): void {
    useLanding.setState(({ playing }) => ({ playing: !playing }))
  }

  /** Skips to the next round. */
  nextSeed(): void {
    this.#round++
    if (this.#next) this.#change(this.#next)
    else if (this.#cast.kind === 'live') changeWatchSettings({ seed: following(this.#seed()) })
    void this.#begin()
  }

  /** Loads the agents while recordings play, and then the code with which the Watch page draws. */
  async load(): Promise<void> {
    if (this.#loading) return
    this.#loading = true
    useLanding.setState({ problem: undefined, loading: { part: 0, waitingFor: 'the agents' } })
    // Progress comes from the worker on a channel of its own, and may arrive after the agents.
    let come = false
    try {
      const cast = await liveCast({
        device: currentWatchSettings().device,
        onProgress: (part) => {
          if (!come) this.#tellProgress(AGENTS_PART * part, 'the agents')
        },
        onModels: (models) => useLanding.setState({ models }),
        onConnection: (connection) => this.#hold(connection),
        onError: (error) => this.#fail(error),
      })
      come = true
      if (this.#disposed) return
      this.#next = cast
      useLanding.setState({ opened: cast.opened })
      this.#tellProgress(AGENTS_PART, 'the 3D view')
      // The Watch page reports a failure to load it.
      if (webGl() !== 'none') await import('../scene/Scene.tsx').catch(() => undefined)
      if (!this.#disposed) useLanding.setState({ loading: undefined })
    } catch (error) {
      this.#fail(error)
    } finally {
      this.#loading = false
    }
  }

  #tellProgress(part: number, waitingFor: string): void {
    if (!this.#disposed) useLanding.setState({ loading: { part, waitingFor } })
  }

  #hold(connection: ActingConnection): void {
    this.#connection?.end()
    this.#connection = connection
    if (this.#disposed) connection.end()
  }

  #seed(): number {
    if (this.#cast.kind === 'live') return currentWatchSettings().seed
    return RECORDED_SEEDS[this.#round % RECORDED_SEEDS.length] ?? 0
  }

  async #begin(): Promise<void> {
    const seed = this.#seed()
    this.#endings = []
    useLanding.setState({ seed })
    for (const runner of this.#cast.runners) runner.begin(startState({ start: START, seed }))
    try {
      await this.#cast.laneGroup.start({ start: START, seed, temperature: 1 })
    } catch (error) {
      this.#fail(error)
    }
  }

  #tick(seconds: number): void {
    const { laneGroup, runners } = this.#cast
    const moves = useLanding.getState().playing
    const happenings = laneGroup.advance(moves ? seconds : 0, 1)
    for (const { lane, happening } of happenings) this.#tell(runners[lane], happening)
    for (const [index, { moment }] of laneGroup.lanes.entries()) {
      if (moment) runners[index]?.show(moment)
    }
    if (laneGroup.finished) this.nextSeed()
    if (++this.#frames === FRAMES_BEFORE_LOADING) void this.load()
    if (happenings.length > 0) markFirstMovement()
  }

  #tell(runner: Runner | undefined, happening: PlaybackEvent): void {
    if (!runner || happening.kind === 'finished') return
    const { state, ending, index } = happening.decision
    if (happening.kind === 'decision') runner.step(state)
    else if (ending !== undefined) this.#end(runner, ending, index + 1)
  }

  #end(runner: Runner, ending: Ending, decisions: number): void {
    const { stage } = runner
    runner.end(ending)
    this.#endings.push(`${stageName(stage)}: ${endingSentence(ending, decisions)}`)
    const all = this.#endings.length === this.#cast.runners.length
    useLanding.setState(({ endings, announcement }) => ({
      endings: { ...endings, [stage]: [...(endings[stage] ?? []), ending] },
      announcement: all ? this.#endings.join(' ') : announcement,
    }))
  }

  #change(cast: Cast): void {
    this.#cast = cast
    this.#next = undefined
    for (const runner of cast.runners) runner.clear()
    useLanding.setState({ cast: cast.kind, endings: {} })
  }

  /** Ends the live agents and reports the error; recordings continue. */
  #fail(error: unknown): void {
    if (this.#disposed) return
    this.#connection?.end()
    this.#connection = undefined
    this.#next = undefined
    useLanding.setState({ problem: problemOf(error), loading: undefined, opened: undefined })
    if (this.#cast.kind !== 'live') return
    this.#change(recordedCast((other) => this.#fail(other)))
    void this.#begin()
  }

  /** Shows a still picture of each runner's whole path. */
  #leaveWholePaths(): void {
    const seed = this.#seed()
    for (const runner of this.#cast.runners) {
      const episode = recordingsOf(runner.stage).find((each) => each.seed === seed)
      if (!episode) continue
      const { path, ending } = replay(episode)
      runner.leave(path, ending)
    }
  }
}

function following(seed: number): number {
  return seed >= LARGEST_SEED ? 0 : seed + 1
}

/** Adds a performance mark, for measurements of the time until the first movement. */
function markFirstMovement(): void {
  const name = 'first-movement'
  if (performance.getEntriesByName(name).length === 0) performance.mark(name)
}
