/**
 * The landing page's show: recorded episodes from the first moment on, and in their place, as soon as
 * they have been loaded and a round has ended, the agents themselves, all from the same seed. One per
 * page; `dispose` ends its worker.
 */
import { type Ending, replay, startState } from '../../island/index.ts'
import type { Happening } from '../../lab/conductor.ts'
import type { ActingConnection } from '../../lab/connect.ts'
import { messageOf } from '../../lab/errors.ts'
import { webGl } from '../scene/webgl.ts'
import { endingSentence } from '../sentences.ts'
import { stageName } from '../stages.ts'
import { useLanding } from '../stores/landing.ts'
import {
  changeWatchSettings,
  currentWatchSettings,
  LARGEST_SEED,
} from '../stores/watch-settings.ts'
import { type Cast, liveCast, recordedCast } from './casts.ts'
import { RECORDED_SEEDS, recordingsOf } from './recordings.ts'
import type { Runner } from './runners.ts'

const START = 'spawn'

/** How much of all that is loaded is there once the agents are. */
const AGENTS_PART = 0.85

/** Frames of the screen after which the first movement has been seen, and the network is free. */
const FRAMES_BEFORE_LOADING = 20

export class Show {
  #cast: Cast = recordedCast((error) => this.#fail(error))
  /** Plays from the next round on. */
  #next: Cast | undefined
  #connection: ActingConnection | undefined
  #round = 0
  #lastFrame = 0
  #frame = 0
  #frames = 0
  #disposed = false
  #loading = false
  /** Sentences of this round, one for each who has ended. */
  #endings: string[] = []

  /** `playing` is whether it begins to move by itself. */
  constructor(playing: boolean) {
    useLanding.setState({ ...useLanding.getInitialState(), playing })
    void this.#begin()
    if (!playing) this.#leaveWholePaths()
    this.#frame = requestAnimationFrame((now) => this.#tick(now))
  }

  dispose(): void {
    this.#disposed = true
    cancelAnimationFrame(this.#frame)
    this.#connection?.end()
  }

  toggle(): void {
    useLanding.setState(({ playing }) => ({ playing: !playing }))
  }

  /** Leaves this round for the next. */
  nextSeed(): void {
    this.#round++
    if (this.#next) this.#change(this.#next)
    else if (this.#cast.kind === 'live') changeWatchSettings({ seed: following(this.#seed()) })
    void this.#begin()
  }

  /** Brings the agents here while recordings play, and then what the Watch page draws with. */
  async load(): Promise<void> {
    if (this.#loading) return
    this.#loading = true
    useLanding.setState({ problem: undefined, loading: { part: 0, waitingFor: 'the agents' } })
    // Progress crosses from the worker on a channel of its own, and may come after the agents did.
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
      this.#tellProgress(AGENTS_PART, 'the view in three dimensions')
      // Not having it is the Watch page's to tell.
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
    for (const runner of this.#cast.runners) runner.begin(startState(START, seed))
    try {
      await this.#cast.ensemble.start({ start: START, seed, temperature: 1 })
    } catch (error) {
      this.#fail(error)
    }
  }

  #tick(now: number): void {
    if (this.#disposed) return
    this.#frame = requestAnimationFrame((next) => this.#tick(next))
    const seconds = this.#lastFrame ? (now - this.#lastFrame) / 1000 : 0
    this.#lastFrame = now
    const { ensemble, runners } = this.#cast
    const moves = useLanding.getState().playing
    const happenings = ensemble.advance(moves ? seconds : 0, 1)
    for (const { lane, happening } of happenings) this.#tell(runners[lane], happening)
    for (const [index, { moment }] of ensemble.lanes.entries()) {
      if (moment) runners[index]?.show(moment)
    }
    if (ensemble.finished) this.nextSeed()
    if (++this.#frames === FRAMES_BEFORE_LOADING) void this.load()
    if (happenings.length > 0) markFirstMovement()
  }

  #tell(runner: Runner | undefined, happening: Happening): void {
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

  /** The agents are gone; recordings go on. */
  #fail(error: unknown): void {
    if (this.#disposed) return
    this.#connection?.end()
    this.#connection = undefined
    this.#next = undefined
    useLanding.setState({ problem: messageOf(error), loading: undefined, opened: undefined })
    if (this.#cast.kind !== 'live') return
    this.#change(recordedCast((other) => this.#fail(other)))
    void this.#begin()
  }

  /** A still picture that shows where everybody goes. */
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

/** For who measures how long a visitor waits. */
function markFirstMovement(): void {
  const name = 'first-movement'
  if (performance.getEntriesByName(name).length === 0) performance.mark(name)
}
