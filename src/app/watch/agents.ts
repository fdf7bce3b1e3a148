/** Agents of the page, opened as the address names them, and the worker that they act in. */
import { type ActingConnection, connectActingWorker } from '../../lab/acting/connect.ts'
import type { ActedDecision, OpenedModel } from '../../lab/acting/protocol.ts'
import type { LaneEvent } from '../../lab/playback/lane-group.ts'
import { countEnding, EMPTY_TALLY } from '../../lab/playback/tally.ts'
import type { DeviceChoice } from '../../lab/worker/choices.ts'
import { ModelError } from '../../lab/worker/errors.ts'
import { type Candidate, currentCandidates, findCandidate } from '../data/candidates.ts'
import { loadModels, useCatalogue } from '../data/catalogue.ts'
import { loadShelf } from '../data/shelf.ts'
import { endingSentence, SWIM_SENTENCE } from '../sentences.ts'
import { beginningOf } from '../stores/island-choice.ts'
import { createLane, live } from '../stores/live.ts'
import { useWatch } from '../stores/watch.ts'
import { currentWatchSettings, namesOf } from '../stores/watch-settings.ts'
import { Agent } from './agent.ts'

/** Milliseconds after which a recording plays in place of an agent that is still loading. */
const PATIENCE_MS = 1500

export interface AgentsEvents {
  /** Called when a recording is ready to play until the agent is loaded. */
  onPreview(): void
  onError(agent: Agent, error: unknown): void
  onReopened(opened: OpenedModel): void
}

export class Agents {
  readonly #events: AgentsEvents
  #connection: ActingConnection | undefined
  #device: DeviceChoice = 'auto'
  readonly #shelf = loadShelf()
  /** Number that grows with every request for agents; older results are dropped. */
  #asked = 0
  /** Whether changes are collected and published together. */
  #collecting = false
  list: readonly Agent[] = []

  constructor(events: AgentsEvents) {
    this.#events = events
  }

  get connection(): ActingConnection {
    this.#connection ??= connectActingWorker((error) => this.#lose(error))
    return this.#connection
  }

  /** Agent in focus. */
  get focused(): Agent | undefined {
    return this.list[useWatch.getState().focus]
  }

  /** Ends the worker. */
  end(): void {
    this.#asked++
    this.#disconnect()
  }

  #disconnect(): void {
    this.#connection?.end()
    this.#connection = undefined
  }

  /** Removes all agents, so that the next `assemble` opens each of them again. */
  dismiss(): void {
    this.end()
    this.list = []
  }

  /**
   * Opens the agents that the address names and keeps those that it named before. Resolves once each
   * acts or is replaced by recordings: to false if another call superseded this one meanwhile.
   */
  async assemble(): Promise<boolean> {
    const asked = ++this.#asked
    const { model, device } = currentWatchSettings()
    if (device !== this.#device) this.list = []
    this.#device = device
    const names = namesOf(model)
    const old = this.list
    this.list = names.map((name, index) => this.#agentFor(name, index))
    // A replaced agent must not request another decision from its worker.
    for (const agent of old) if (!this.list.includes(agent)) agent.stop()
    for (const { index } of old.slice(names.length)) this.#release(index)
    live.lanes.splice(0, live.lanes.length, ...this.list.map((agent) => agent.live))
    useWatch.setState(({ focus }) => ({ focus: Math.min(focus, names.length - 1) }))
    this.#publish()
    for (const agent of this.list) {
      if (!old.includes(agent)) agent.ready = this.#open(agent, device)
    }
    await Promise.all(this.list.map(({ ready }) => ready))
    return asked === this.#asked
  }

  /** Updates the agents with what has happened; `settle` is called with each whose episode has ended. */
  take(happenings: readonly LaneEvent[], settle: (agent: Agent) => void): void {
    this.#together(() => {
      for (const agent of this.list) {
        const own = happenings.filter(({ lane }) => lane === agent.index)
        const told = own.map(({ happening }) => happening)
        for (const each of told) {
          if (each.kind === 'decision' && swam(agent, each.decision))
            this.#say(agent, SWIM_SENTENCE)
        }
        agent.take(told)
        const ended = told.find(({ kind }) => kind === 'ended')
        if (ended?.kind !== 'ended') continue
        this.#end(agent, ended.decision)
        settle(agent)
      }
    })
  }

  #agentFor(name: string, index: number): Agent {
    const before = this.list[index]
    if (before?.name === name) return before
    // The index keeps its picture: trails of the previous agent stay on the ground.
    const picture = before?.live ?? live.lanes[index] ?? createLane()
    return new Agent(index, name, picture, beginningOf(currentWatchSettings()), {
      ...this.#events,
      onShown: () => this.#publish(),
    })
  }

  #release(index: number): void {
    // If this fails, the worker is broken and holds nothing that is still needed.
    this.connection
      .agent(index)
      .close()
      .catch(() => undefined)
  }

  async #open(agent: Agent, device: DeviceChoice): Promise<void> {
    const late = setTimeout(() => {
      void agent.preview().then((waiting) => {
        if (waiting && this.list.includes(agent)) this.#events.onPreview()
      })
    }, PATIENCE_MS)
    try {
      const candidate = await this.#find(agent.name)
      await agent.open(candidate, this.connection.agent(agent.index), device)
    } catch (error) {
      await agent.standIn(error)
    } finally {
      clearTimeout(late)
    }
  }

  async #find(name: string): Promise<Candidate> {
    if (!useCatalogue.getState().models) useWatch.setState({ waitingFor: 'the list of models' })
    await loadModels()
    useWatch.setState({ waitingFor: 'the agent' })
    // A shipped model does not wait for the shelf.
    if (!findCandidate(currentCandidates(), name)) await this.#shelf
    const found = findCandidate(currentCandidates(), name)
    if (found) return found
    const names = currentCandidates('policy').map((each) => each.name)
    throw new ModelError(
      `There is no model “${name}”: on this site and in this browser there is ${names.join(', ') || 'none'}. Choose one.`,
    )
  }

  /** Handles the loss of the worker: reports the error for every agent. */
  #lose(error: Error): void {
    this.#disconnect()
    for (const agent of this.list) {
      agent.change({ opened: undefined })
      this.#events.onError(agent, error)
    }
  }

  #end(agent: Agent, { ending, index }: ActedDecision): void {
    if (ending === undefined) return
    const sentence = endingSentence(ending, index + 1)
    this.#say(agent, sentence)
    if (counts(agent)) {
      const { name, sha256, stage } = agent
      const { start, seed } = agent.episode
      useWatch.setState(({ tallies }) => {
        const before = tallies[name]?.tally ?? EMPTY_TALLY
        const tally = countEnding(before, `${start} ${seed}`, ending)
        return {
          tallies: { ...tallies, [name]: { title: agent.shown.title, stage, sha256, tally } },
        }
      })
    }
    agent.change({ ending: sentence })
  }

  #say({ shown }: Agent, sentence: string): void {
    const who = this.list.length > 1 ? `${shown.title}: ` : ''
    useWatch.setState({ latest: who + sentence, announcement: who + sentence })
  }

  /** Publishes the changes that `work` makes to any agents in one update. */
  #together(work: () => void): void {
    this.#collecting = true
    work()
    this.#collecting = false
    this.#publish()
  }

  /** Writes the displayed state of the agents to the store, if it has changed. */
  #publish(): void {
    if (this.#collecting) return
    const { agents: before, decisions, furthest, authors: known, status } = useWatch.getState()
    const agents = this.list.map(({ shown }) => shown)
    const same = agents.length === before.length && agents.every((each, n) => each === before[n])
    // Recordings that play while agents load do not count as the episode.
    const lanes = status === 'ready' ? this.list.map(({ lane }) => lane) : []
    const most = Math.max(0, ...lanes.map((lane) => lane?.shown ?? 0))
    const authors = this.focused?.lane?.tape.map(({ author }) => author).join('') ?? ''
    if (same && most === decisions && authors === known) return
    useWatch.setState({
      ...(same ? {} : { agents }),
      decisions: most,
      furthest: Math.max(furthest, most),
      authors,
    })
  }
}

function swam({ lane }: Agent, { index, state }: ActedDecision): boolean {
  const before = lane?.tape[index - 1]?.state.swims ?? 0
  return state.swims > before
}

/** Returns whether an ending counts for the agent: only if its model made every decision, in no replay. */
function counts({ acts, lane, settled }: Agent): boolean {
  if (settled || !acts || useWatch.getState().replaying !== undefined) return false
  return lane?.tape.every(({ author }) => author === 'a') ?? false
}
