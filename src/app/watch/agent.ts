/** Agent on the Watch page: its model, the recording that may play in its place, and its displayed state. */

import { type Beginning, decodeAction, type Episode } from '../../island/index.ts'
import { storedPath } from '../../lab/acting/episode-sources.ts'
import type {
  ActedDecision,
  ActingWorker,
  EpisodeChoice,
  OpenedModel,
  Script,
} from '../../lab/acting/protocol.ts'
import { recordingSession } from '../../lab/acting/recording-session.ts'
import { Lane } from '../../lab/playback/lane.ts'
import type { PlaybackEvent } from '../../lab/playback/timeline.ts'
import type { DeviceChoice } from '../../lab/worker/choices.ts'
import { problemKind } from '../../lab/worker/errors.ts'
import type { Candidate } from '../data/candidates.ts'
import { recordingsOf } from '../data/recordings.ts'
import { problemOf } from '../sentences.ts'
import { beginningOf } from '../stores/island-choice.ts'
import { cutLane, keepTrail, type LiveLane, showMoment, stepTrail } from '../stores/live.ts'
import { unknownAgent, type WatchedAgent } from '../stores/watch.ts'
import type { WatchSettings } from '../stores/watch-settings.ts'
import type { ReplayedMoment, StoredPath } from './replays.ts'

/** Stage whose recordings are shown for an agent that neither acts nor has recordings. */
const STAND_IN = 'base'

export interface AgentEvents {
  /** Called when the agent can no longer act. */
  onError(agent: Agent, error: unknown): void
  /** Called when the agent's device was lost and its model was reopened on another. */
  onReopened(opened: OpenedModel): void
  /** Called when the displayed state has changed. */
  onShown(): void
}

/** Episode that an agent is to play. */
export interface EpisodeRequest {
  readonly beginning: Beginning
  readonly script: Script | undefined
  /** Stored path that is shown in place of the agent. */
  readonly path: StoredPath | undefined
}

/** Returns the episode that the agent at an index plays: that of the replay, or a new one. */
export function wantedOf(
  index: number,
  settings: WatchSettings,
  replay: ReplayedMoment | undefined,
): EpisodeRequest {
  return {
    beginning: replay?.episode ?? beginningOf(settings),
    script: replay?.scripts[index],
    path: index === 0 ? replay?.path : undefined,
  }
}

export class Agent {
  /** Index among the agents, which is also its number in the worker. */
  readonly index: number
  /** Name in the address. */
  readonly name: string
  /** Moving picture, which is drawn outside React. */
  readonly live: LiveLane
  /** Resolves once something can be shown. */
  ready: Promise<void> = Promise.resolve()
  /** SHA-256 of the model's file, once it is known. */
  sha256: string | undefined
  /** Beginning of the current episode. */
  episode: Beginning
  /** Whether the end of this episode has been handled. */
  settled = false
  readonly #events: AgentEvents
  #shown: WatchedAgent
  #own: Lane | undefined
  #path: Lane | undefined
  #acts = false
  #stopped = false
  #round = 0

  constructor(
    index: number,
    name: string,
    live: LiveLane,
    episode: Beginning,
    events: AgentEvents,
  ) {
    this.index = index
    this.name = name
    this.live = live
    this.episode = episode
    this.#events = events
    this.#shown = unknownAgent(name, episode)
  }

  /** State that the agent's panels show. */
  get shown(): WatchedAgent {
    return this.#shown
  }

  get stage(): string {
    return this.#shown.stage
  }

  /** Lane that is shown; undefined until there is one. */
  get lane(): Lane | undefined {
    return this.#path ?? this.#own
  }

  /** Whether only the positions of a stored path are known. */
  get pathOnly(): boolean {
    return this.#path !== undefined
  }

  /** Whether the model plays, rather than a recording or a stored path. */
  get acts(): boolean {
    return this.#acts && !this.#path
  }

  /** Whether nobody decides in the current episode: there is neither a policy nor anything to replay. */
  get isIdle(): boolean {
    return this.#shown.phase === 'missing'
  }

  /** Whether a human has made any decision in this episode. */
  get isPlayedByHand(): boolean {
    return this.lane?.tape.some(({ author }) => author === 'h') ?? false
  }

  /** Loads the model of a candidate. Rejects with a sentence if it cannot act. */
  async open(candidate: Candidate, worker: ActingWorker, device: DeviceChoice): Promise<void> {
    const { title, stage, sha256 } = candidate
    this.sha256 = sha256
    this.change({ title, stage, phase: 'loading', problem: undefined })
    const lane = new Lane(
      worker,
      (error) => this.#events.onError(this, error),
      (opened) => {
        this.change({ opened })
        this.#events.onReopened(opened)
      },
    )
    const model = await candidate.source()
    // The successor in this place may have opened its model already.
    if (this.#stopped) return
    const opened = await worker.open({ model, device })
    if (this.#stopped) return
    this.#own?.stop()
    this.#own = lane
    this.#acts = true
    this.change({ phase: 'acting', opened })
  }

  /** Shows recordings while the model loads; resolves to false if it has loaded meanwhile. */
  async preview(): Promise<boolean> {
    const session = await recordingSession()
    if (this.#own) return false
    this.#own = new Lane(session, () => undefined)
    this.change({ phase: 'preview' })
    return true
  }

  /** Shows recordings in place of an agent that cannot act, and the reason. */
  async standIn(error: unknown): Promise<void> {
    this.#acts = false
    this.#own = new Lane(await recordingSession(), (broken) => this.#events.onError(this, broken))
    const problem = { kind: problemKind(error), message: problemOf(error) }
    this.change({ phase: 'recorded', problem, opened: undefined })
  }

  /** Stops for good, because another agent takes this place. */
  stop(): void {
    this.#stopped = true
    this.lane?.stop()
  }

  /** Shows the initial state of an episode, for which no model is needed. */
  prepare({ beginning, script, path }: EpisodeRequest): void {
    // Recordings are from the first island.
    const isAway = beginning.island !== undefined
    const recording = script || path || isAway || !this.#own ? undefined : this.#recording
    const onError = (error: unknown) => this.#events.onError(this, error)
    this.#path = path && new Lane(storedPath(path.clip), onError)
    this.episode = recording ? { start: recording.start, seed: recording.seed } : beginning
    this.settled = false
    cutLane(this.live, this.stage, this.episode)
    this.change({
      island: undefined,
      ...this.episode,
      ...NO_DECISION,
      pathOnly: path?.why,
      ending: '',
    })
  }

  /** Begins the prepared episode. Resolves to false if another one superseded it. */
  async begin({ script }: EpisodeRequest): Promise<boolean> {
    const { episode } = this
    const played = script ? { ...script, alone: script.alone || !this.#acts } : this.#recorded()
    if (this.#shown.problem) {
      this.change({ phase: played || this.#path ? 'recorded' : 'missing' })
    }
    const choice: EpisodeChoice = { ...episode, temperature: 1, ...(played && { script: played }) }
    return (await this.lane?.start(choice)) ?? false
  }

  /** Selects the next recording, starting with the next episode. */
  turn(): void {
    this.#round++
  }

  /** Updates trail and panels with what has happened in the lane. */
  take(happenings: readonly PlaybackEvent[]): void {
    const decisions = happenings.flatMap((each) => (each.kind === 'decision' ? each.decision : []))
    for (const { state } of decisions) stepTrail(this.live, state)
    const last = decisions.at(-1)
    if (last) this.change(shownOf(last))
    // While a human decides, the policy's probabilities arrive a little later.
    const { probabilities } = this.lane?.moment?.decision ?? {}
    if (probabilities?.length && probabilities !== this.#shown.probabilities) {
      this.change({ probabilities })
    }
  }

  /** Updates the displayed state. */
  change(changes: Partial<WatchedAgent>): void {
    this.#shown = { ...this.#shown, ...changes }
    this.#events.onShown()
  }

  /** Updates the moving picture to the current moment. */
  show(): void {
    const moment = this.lane?.moment
    if (moment) showMoment(this.live, moment)
  }

  /** Leaves the trail on the ground if the episode has ended; to be called once per episode. */
  keepTrail(): void {
    const ending = this.lane?.tape.at(-1)?.ending
    if (ending !== undefined) keepTrail(this.live, ending)
  }

  /** Shows the moment right after a number of decisions, with its trail. */
  seek(decisions: number): void {
    const { lane } = this
    if (!lane?.moment) return
    lane.seek(0)
    const first = lane.moment.to
    lane.seek(decisions)
    const states = [first, ...lane.tape.slice(0, lane.shown).map(({ state }) => state)]
    const { x, z } = states.at(-1) ?? first
    this.live.target = { x, z }
    const points = states.flatMap((state) => [state.x, state.z])
    this.live.trail = { points, stage: this.stage, ending: undefined }
    this.live.take++
    const decision = lane.moment.decision
    this.change(decision ? shownOf(decision) : NO_DECISION)
  }

  /**
   * Recording that plays without a model: of the shipped agent with this name, or else of `STAND_IN`. An agent
   * of the same stage that somebody trained plays differently.
   */
  get #recording(): Episode | undefined {
    if (this.#acts) return undefined
    const own = recordingsOf(this.name)
    const recordings = own.length > 0 ? own : recordingsOf(STAND_IN)
    return recordings[this.#round % recordings.length]
  }

  /** Returns the recording as a script that the episode ends with; undefined without a recording. */
  #recorded(): Script | undefined {
    const recording = this.#recording
    if (!recording || this.episode.island !== undefined) return undefined
    const { actions } = recording
    return { actions, authors: 'a'.repeat(actions.length), alone: true }
  }
}

/** Panel state of an agent before its first decision. */
const NO_DECISION = {
  gamepad: undefined,
  probabilities: undefined,
  author: undefined,
} as const satisfies Partial<WatchedAgent>

/** Returns the panel state for a decision. */
function shownOf({ action, probabilities, author }: ActedDecision): Partial<WatchedAgent> {
  return {
    gamepad: decodeAction(action),
    probabilities: probabilities.length > 0 ? probabilities : undefined,
    author,
  }
}
