/** One of the agents that are watched: its model, its lane, and what goes on where it has no model. */

import { decodeAction, type Episode } from '../../island/index.ts'
import { pathAgent } from '../../lab/acting/path-agent.ts'
import type {
  ActedDecision,
  ActingWorker,
  EpisodeChoice,
  OpenedModel,
  Script,
} from '../../lab/acting/protocol.ts'
import { recordingSession } from '../../lab/acting/recording-session.ts'
import type { Happening } from '../../lab/playback/conductor.ts'
import { Lane } from '../../lab/playback/lane.ts'
import type { DeviceChoice } from '../../lab/worker/choices.ts'
import { messageOf, problemKind } from '../../lab/worker/errors.ts'
import type { Candidate } from '../data/candidates.ts'
import { recordingsOf } from '../data/recordings.ts'
import { cutLane, keepTrail, type LiveLane, showMoment, stepTrail } from '../stores/live.ts'
import { patchAgent, type WatchedAgent } from '../stores/watch.ts'
import type { Replay, StoredPath } from './replays.ts'

/** Whose recordings are shown where there is no agent, nor a recording of it. */
const STAND_IN = 'base'

export interface SlotEvents {
  /** The agent can no longer act. */
  onError(error: unknown): void
  onReopened(opened: OpenedModel): void
}

export interface Wanted {
  readonly start: Episode['start']
  readonly seed: number
  readonly script: Script | undefined
  /** Shown in the place of the agent. */
  readonly path: StoredPath | undefined
}

/** What the slot of an index plays: what is replayed, or a new episode. */
export function wantedOf(
  index: number,
  { start, seed }: Pick<Episode, 'start' | 'seed'>,
  replay: Replay | undefined,
): Wanted {
  return {
    ...{ start, seed, ...replay?.episode },
    script: replay?.scripts[index],
    path: index === 0 ? replay?.path : undefined,
  }
}

export class Slot {
  readonly index: number
  readonly live: LiveLane
  readonly #events: SlotEvents
  readonly name: string
  /** Resolved once something can be shown. */
  ready: Promise<void> = Promise.resolve()
  stage: string
  sha256: string | undefined
  #own: Lane | undefined
  #path: Lane | undefined
  /** What was begun last. */
  episode: Pick<Episode, 'start' | 'seed'> = { start: 'spawn', seed: 0 }
  /** Whether this episode's end has been dealt with. */
  settled = false
  #acts = false
  #recordings: readonly Episode[] = []
  #round = 0

  constructor(index: number, name: string, live: LiveLane, events: SlotEvents) {
    this.index = index
    this.name = name
    this.live = live
    this.stage = name
    this.#events = events
  }

  /** What is shown; undefined until something can be. */
  get lane(): Lane | undefined {
    return this.#path ?? this.#own
  }

  /** Whether only places are known of what is shown. */
  get pathOnly(): boolean {
    return this.#path !== undefined
  }

  /** Whether it is the agent itself that plays. */
  get acts(): boolean {
    return this.#acts && !this.#path
  }

  /** Whether a visitor has decided anything in this episode. */
  get isPlayedByHand(): boolean {
    return this.lane?.tape.some(({ author }) => author === 'h') ?? false
  }

  /** Loads the model of a candidate. Throws a sentence where it cannot act. */
  async open(candidate: Candidate, worker: ActingWorker, device: DeviceChoice): Promise<void> {
    const { title, stage, sha256 } = candidate
    this.stage = stage
    this.sha256 = sha256
    this.#patch({ title, stage, phase: 'loading', problem: undefined })
    const { onError, onReopened } = this.#events
    const lane = new Lane(worker, onError, (opened) => {
      this.#patch({ opened })
      onReopened(opened)
    })
    const opened = await lane.open({ model: await candidate.source(), device })
    this.#own = lane
    this.#acts = true
    this.#patch({ phase: 'acting', opened })
  }

  /** Shows recordings in the place of an agent that cannot act, and why. */
  async standIn(error: unknown): Promise<void> {
    this.#acts = false
    const own = recordingsOf(this.stage)
    this.#recordings = own.length > 0 ? own : recordingsOf(STAND_IN)
    this.#own = new Lane(await recordingSession(), this.#events.onError)
    const problem = { kind: problemKind(error), message: messageOf(error) }
    this.#patch({ phase: 'recorded', problem, opened: undefined })
  }

  /** Stops for good: another agent takes this place. */
  stop(): void {
    this.lane?.stop()
  }

  /** Lets go of the model. */
  retire(worker: ActingWorker): void {
    // A worker that cannot even do that holds nothing that is still needed.
    worker.close().catch(() => undefined)
  }

  /** Shows how an episode begins; needs no model. */
  preview({ start, seed, script, path }: Wanted): void {
    const recording = script || path ? undefined : this.#recording
    this.#path = path && new Lane(pathAgent(path.clip), this.#events.onError)
    this.episode = recording ? { start: recording.start, seed: recording.seed } : { start, seed }
    this.settled = false
    cutLane(this.live, this.stage, this.episode.start, this.episode.seed)
    this.#patch({
      seed: this.episode.seed,
      start: this.episode.start,
      pathOnly: path?.why,
      gamepad: undefined,
      probabilities: undefined,
      author: undefined,
      ending: '',
    })
  }

  /** Begins what was previewed. Resolves to false where another beginning overtook this one. */
  async begin({ script }: Wanted): Promise<boolean> {
    const { start, seed } = this.episode
    const played = script ? { ...script, alone: script.alone || !this.#acts } : this.#recorded()
    const choice: EpisodeChoice = { start, seed, temperature: 1, ...(played && { script: played }) }
    return (await this.lane?.start(choice)) ?? false
  }

  /** The next recording, from the next beginning on. */
  turn(): void {
    this.#round++
  }

  /** Takes over into the picture what has just happened. */
  tell(happening: Happening): Partial<WatchedAgent> {
    if (happening.kind !== 'decision') return {}
    const { decision } = happening
    stepTrail(this.live, decision.state)
    return shownOf(decision)
  }

  /** Moves the picture on. */
  show(): void {
    const moment = this.lane?.moment
    if (moment) showMoment(this.live, moment)
  }

  /** Keeps the trail of an episode that has ended, once. */
  keepTrail(): void {
    const ending = this.lane?.tape.at(-1)?.ending
    if (ending !== undefined) keepTrail(this.live, ending)
  }

  /** Stands right after so many decisions, its trail behind it. */
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
    this.#patch(
      decision
        ? shownOf(decision)
        : { gamepad: undefined, probabilities: undefined, author: undefined },
    )
  }

  get #recording(): Episode | undefined {
    return this.#recordings[this.#round % this.#recordings.length]
  }

  /** A recording ends where it ends. */
  #recorded(): Script | undefined {
    if (this.#acts) return undefined
    const recording = this.#recording
    if (!recording) return undefined
    const { actions } = recording
    return { actions, authors: 'a'.repeat(actions.length), alone: true }
  }

  #patch(changes: Partial<WatchedAgent>): void {
    patchAgent(this.index, changes)
  }
}

/** What an agent's panel shows of a decision. */
function shownOf({ action, probabilities, author }: ActedDecision): Partial<WatchedAgent> {
  return {
    gamepad: decodeAction(action),
    probabilities: probabilities.length > 0 ? probabilities : undefined,
    author,
  }
}
