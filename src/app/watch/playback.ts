/**
 * Plays the Watch page: opens the model that the address names, starts its episodes, and moves the
 * live picture on with every frame of the screen. One per page; `dispose` ends its worker.
 */
import { decodeAction } from '../../island/index.ts'
import type { Happening } from '../../lab/conductor.ts'
import { connectActingWorker } from '../../lab/connect.ts'
import { ModelError, problemKind } from '../../lab/errors.ts'
import { Lane } from '../../lab/lane.ts'
import type { ManifestEntry } from '../../lab/manifest.ts'
import { findModel, oneOfEachStage } from '../../lab/models.ts'
import type { ActedDecision } from '../../lab/protocol.ts'
import { countEnding } from '../../lab/tally.ts'
import { endingSentence, SWIM_SENTENCE } from '../sentences.ts'
import { loadManifest, sourceOf } from '../site.ts'
import { cutLane, keepTrail, live, mainLane, showMoment, stepTrail } from '../stores/live.ts'
import { useRoute } from '../stores/route.ts'
import { tallyOf, useWatch } from '../stores/watch.ts'
import {
  changeWatchSettings,
  currentWatchSettings,
  LARGEST_SEED,
  type WatchSettings,
} from '../stores/watch-settings.ts'

export class Playback {
  #connection = connectActingWorker((error) => this.#lose(error))
  #lane = new Lane(this.#connection.agent(0), (error) => this.#fail(error))
  #lost = false
  readonly #unsubscribe: () => void
  #settings: WatchSettings = currentWatchSettings()
  #stage = 'base'
  /** What is being played; the address may already name the next. */
  #episode = { start: this.#settings.start, seed: this.#settings.seed }
  /** Grows with every model that is asked for; an older answer is dropped. */
  #opening = 0
  #disposed = false
  #lastFrame = 0
  #frame = 0

  constructor(playing: boolean) {
    useWatch.setState({ playing, status: 'loading', problem: undefined })
    this.#unsubscribe = useRoute.subscribe(() => this.#follow(currentWatchSettings()))
    this.#frame = requestAnimationFrame((now) => this.#tick(now))
    void this.open()
  }

  dispose(): void {
    this.#disposed = true
    this.#unsubscribe()
    cancelAnimationFrame(this.#frame)
    this.#connection.end()
  }

  toggle(): void {
    const { playing, status } = useWatch.getState()
    if (status !== 'ready') return
    useWatch.setState({ playing: !playing, announcement: playing ? 'Paused.' : 'Playing.' })
  }

  /** The same episode from its start. */
  restart(): void {
    void this.#begin()
  }

  nextSeed(): void {
    const { seed } = this.#settings
    changeWatchSettings({ seed: seed >= LARGEST_SEED ? 0 : seed + 1 })
  }

  /** Opens the model and the device that the address names, then begins. */
  async open(): Promise<void> {
    const opening = ++this.#opening
    const { model, device } = this.#settings
    useWatch.setState({ status: 'loading', problem: undefined, opened: undefined })
    if (this.#lost) this.#reconnect()
    this.#stage = model
    this.#preview()
    try {
      const entry = await this.#findModel(model)
      if (opening !== this.#opening || this.#disposed) return
      useWatch.setState({ waitingFor: 'the agent' })
      const opened = await this.#lane.open({ model: sourceOf(entry), device })
      if (opening !== this.#opening || this.#disposed) return
      useWatch.setState({ status: 'ready', opened })
      await this.#begin()
    } catch (error) {
      if (opening === this.#opening) this.#fail(error)
    }
  }

  async #findModel(wanted: string): Promise<ManifestEntry> {
    let { models } = useWatch.getState()
    if (!models) {
      useWatch.setState({ waitingFor: 'the list of models' })
      models = await loadManifest()
      useWatch.setState({ models })
    }
    const entry = findModel(models, wanted)
    if (entry) return entry
    const names = oneOfEachStage(models).map(({ stage }) => stage)
    throw new ModelError(
      `There is no model “${wanted}”: this site has ${names.join(', ') || 'none'}. Choose one.`,
    )
  }

  #follow(settings: WatchSettings): void {
    const before = this.#settings
    this.#settings = settings
    if (settings.model !== before.model || settings.device !== before.device) void this.open()
    else if (settings.seed !== before.seed || settings.start !== before.start) void this.#begin()
  }

  /** Shows where the episode begins; needs no model. */
  #preview(): void {
    const { start, seed } = this.#settings
    cutLane(mainLane(), this.#stage, start, seed)
    useWatch.setState({ decisions: 0, gamepad: undefined, probabilities: undefined })
  }

  async #begin(): Promise<void> {
    this.#preview()
    const { start, seed } = this.#settings
    if (useWatch.getState().status !== 'ready') return
    try {
      if (!(await this.#lane.start({ start, seed, temperature: 1 }))) return
    } catch (error) {
      this.#fail(error)
      return
    }
    this.#episode = { start, seed }
  }

  #tick(now: number): void {
    if (this.#disposed) return
    this.#frame = requestAnimationFrame((next) => this.#tick(next))
    const seconds = this.#lastFrame ? (now - this.#lastFrame) / 1000 : 0
    this.#lastFrame = now
    const { playing, status } = useWatch.getState()
    const { speed } = this.#settings
    const moves = playing && status === 'ready'
    // The sea moves while the agent is still loading.
    if (playing) live.time += Math.min(seconds, 0.25) * speed
    for (const happening of this.#lane.advance(moves ? seconds : 0, speed)) this.#tell(happening)
    const moment = this.#lane.moment
    if (moment) showMoment(mainLane(), moment)
  }

  #tell(happening: Happening): void {
    if (happening.kind === 'decision') this.#showDecision(happening.decision)
    else if (happening.kind === 'ended') this.#countEnding(happening.decision)
    else this.nextSeed()
  }

  #showDecision(decision: ActedDecision): void {
    const swam = decision.state.swims > (mainLane().moment?.to.swims ?? 0)
    stepTrail(mainLane(), decision.state)
    useWatch.setState({
      decisions: decision.index + 1,
      gamepad: decodeAction(decision.action),
      probabilities: decision.probabilities,
      ...(swam ? { announcement: SWIM_SENTENCE, latest: SWIM_SENTENCE } : {}),
    })
  }

  #countEnding({ ending, index }: ActedDecision): void {
    if (ending === undefined) return
    const { start, seed } = this.#episode
    const stage = this.#stage
    const sentence = endingSentence(ending, index + 1)
    keepTrail(mainLane(), ending)
    useWatch.setState((state) => ({
      latest: sentence,
      announcement: sentence,
      tallies: {
        ...state.tallies,
        [stage]: countEnding(tallyOf(state, stage), `${start} ${seed}`, ending),
      },
    }))
  }

  /** The worker is gone, and with it whatever it was asked. */
  #lose(error: Error): void {
    this.#lost = true
    this.#opening++
    this.#fail(error)
  }

  #reconnect(): void {
    this.#connection.end()
    this.#connection = connectActingWorker((error) => this.#lose(error))
    this.#lane = new Lane(this.#connection.agent(0), (error) => this.#fail(error))
    this.#lost = false
  }

  #fail(error: unknown): void {
    if (this.#disposed) return
    const message = error instanceof Error ? error.message : String(error)
    useWatch.setState({ status: 'failed', problem: { kind: problemKind(error), message } })
  }
}
