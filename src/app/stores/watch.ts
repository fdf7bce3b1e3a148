/** State of the Watch page apart from what moves; changes at most a few times a second. */
import { create } from 'zustand'
import {
  type Beginning,
  type Gamepad,
  type IslandMap,
  type StartKind,
  type World,
  worldOf,
} from '../../island/index.ts'
import type { Author, OpenedModel } from '../../lab/acting/protocol.ts'
import type { Tally } from '../../lab/playback/tally.ts'
import type { ProblemKind } from '../../lab/worker/errors.ts'

interface Problem {
  readonly kind: ProblemKind
  readonly message: string
}

/** Agent that is being watched. */
export interface WatchedAgent {
  /** Name in the address. */
  readonly name: string
  readonly title: string
  readonly stage: string
  /**
   * Phase of the agent. `preview`: a recording plays while it loads; `recorded`: it cannot act itself,
   * and a recording plays instead.
   */
  readonly phase: 'loading' | 'preview' | 'acting' | 'recorded' | 'missing'
  readonly problem: Problem | undefined
  readonly opened: OpenedModel | undefined
  /** Seed of the episode that is shown. */
  readonly seed: number
  readonly start: StartKind
  /** Island of that episode; the first one if undefined. */
  readonly island: IslandMap | undefined
  /** Reason why only positions are known, which only the map can show, as a sentence. */
  readonly pathOnly: string | undefined
  readonly gamepad: Gamepad | undefined
  readonly probabilities: Float32Array | undefined
  readonly author: Author | undefined
  /** Ending of the episode, as a sentence; empty until then. */
  readonly ending: string
}

/** Endings of the episodes of one agent that were watched to the end. */
export interface AgentTally extends Pick<WatchedAgent, 'title' | 'stage'> {
  /** SHA-256 digest of its file. */
  readonly sha256: string | undefined
  readonly tally: Tally
}

/** Running reward by one model. */
export interface RewardLine {
  readonly name: string
  readonly title: string
  /** Rewards of the first decisions, one per decision. */
  readonly rewards: Float32Array
}

export interface WatchState {
  readonly agents: readonly WatchedAgent[]
  /** Index of the agent in focus, which is shown closely and can be taken over. */
  readonly focus: number
  readonly status: 'loading' | 'ready'
  /** Noun phrase for what is being loaded, while `loading`. */
  readonly waitingFor: string
  readonly playing: boolean
  /** Share of the chosen speed that play reaches; undefined unless the agents are too slow for it. */
  readonly pace: number | undefined
  /** Number of decisions of this episode that are shown; `furthest` is the most that have been. */
  readonly decisions: number
  readonly furthest: number
  /** Authors of the decisions of the agent in focus so far, one `Author` per decision. */
  readonly authors: string
  /** Whether a human holds the gamepad. */
  readonly takenOver: boolean
  /** Description of what is replayed; undefined where agents play. */
  readonly replaying: string | undefined
  /** Notice about something that does not stop play. */
  readonly notice: string | undefined
  /** Problem with a file that the visitor added. */
  readonly fileProblem: string | undefined
  /** Names of the chosen reward models; undefined for all that there are. */
  readonly rewardNames: readonly string[] | undefined
  readonly rewards: readonly RewardLine[]
  /** Reason why there is no running reward, as a sentence. */
  readonly rewardProblem: string | undefined
  /** What was counted of each agent, by its name in the address. */
  readonly tallies: Readonly<Record<string, AgentTally>>
  /** Ending of the last episode, as a sentence. */
  readonly latest: string
  /** Latest event of any kind, as a sentence for screen readers. */
  readonly announcement: string
}

export const useWatch = create<WatchState>(() => ({
  agents: [],
  focus: 0,
  status: 'loading',
  waitingFor: 'the list of models',
  playing: false,
  pace: undefined,
  decisions: 0,
  furthest: 0,
  authors: '',
  takenOver: false,
  replaying: undefined,
  notice: undefined,
  fileProblem: undefined,
  rewardNames: undefined,
  rewards: [],
  rewardProblem: undefined,
  tallies: {},
  latest: '',
  announcement: '',
}))

/** Returns an agent that is still loading, with its name as title and stage. */
export function unknownAgent(name: string, { seed, start, island }: Beginning): WatchedAgent {
  return {
    name,
    title: name,
    stage: name,
    phase: 'loading',
    problem: undefined,
    opened: undefined,
    seed,
    start,
    island,
    pathOnly: undefined,
    gamepad: undefined,
    probabilities: undefined,
    author: undefined,
    ending: '',
  }
}

/** Returns the agent in focus. */
export function useFocused(): WatchedAgent | undefined {
  return useWatch(({ agents, focus }) => agents[focus] ?? agents[0])
}

/** Returns the world of the episode that is shown. */
export function useWatchedWorld(): World {
  const island = useWatch(({ agents, focus }) => (agents[focus] ?? agents[0])?.island)
  return worldOf({ island })
}
