/** What the Watch page shows besides the moving picture; changes at most a few times a second. */
import { create } from 'zustand'
import type { Gamepad, StartKind } from '../../island/index.ts'
import type { Author, OpenedModel } from '../../lab/acting/protocol.ts'
import { EMPTY_TALLY, type Tally } from '../../lab/playback/tally.ts'
import type { ProblemKind } from '../../lab/worker/errors.ts'

export interface Problem {
  readonly kind: ProblemKind
  readonly message: string
}

/** One of the agents that are watched. */
export interface WatchedAgent {
  /** As the address has it. */
  readonly name: string
  readonly title: string
  readonly stage: string
  /** `recorded`: it cannot act itself, and a recording of it goes on. */
  readonly phase: 'loading' | 'acting' | 'recorded' | 'missing'
  readonly problem: Problem | undefined
  readonly opened: OpenedModel | undefined
  /** The episode that is shown. */
  readonly seed: number
  readonly start: StartKind
  /** Why only places are known of what is shown, and so only the map can show it. */
  readonly pathOnly: string | undefined
  readonly gamepad: Gamepad | undefined
  readonly probabilities: Float32Array | undefined
  readonly author: Author | undefined
  /** What became of the episode, as a sentence; empty until then. */
  readonly ending: string
}

/** The running reward by one model. */
export interface RewardLine {
  readonly name: string
  readonly title: string
  /** A number for each of the first decisions. */
  readonly rewards: Float32Array
}

export interface WatchState {
  readonly agents: readonly WatchedAgent[]
  /** Which agent is looked at closely, and taken over. */
  readonly focus: number
  readonly status: 'loading' | 'ready'
  /** What is being waited for while `loading`. */
  readonly waitingFor: string
  readonly playing: boolean
  /** Share of the chosen speed that play reaches where agents think longer than that; else undefined. */
  readonly pace: number | undefined
  /** Decisions of this episode that are shown, and those that have been. */
  readonly decisions: number
  readonly furthest: number
  /** Who took each of the decisions of the agent in focus that have come, an `Author` each. */
  readonly authors: string
  /** Whether a human holds the gamepad. */
  readonly takenOver: boolean
  /** What is replayed, as words; undefined where agents play. */
  readonly replaying: string | undefined
  /** Something worth knowing that stops nothing. */
  readonly notice: string | undefined
  /** What is wrong with a file that was given. */
  readonly fileProblem: string | undefined
  /** Reward models that were chosen to look on; undefined for those there are. */
  readonly rewardNames: readonly string[] | undefined
  readonly rewards: readonly RewardLine[]
  /** Why there is no running reward. */
  readonly rewardProblem: string | undefined
  /** Tallies by stage. */
  readonly tallies: Readonly<Record<string, Tally>>
  /** What became of the last episode, as a sentence. */
  readonly latest: string
  /** The last thing that happened at all, for those who do not see it. */
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

/** An agent before anything is known of it. */
export function unknownAgent(name: string, seed: number, start: StartKind): WatchedAgent {
  return {
    name,
    title: name,
    stage: name,
    phase: 'loading',
    problem: undefined,
    opened: undefined,
    seed,
    start,
    pathOnly: undefined,
    gamepad: undefined,
    probabilities: undefined,
    author: undefined,
    ending: '',
  }
}

export function patchAgent(index: number, changes: Partial<WatchedAgent>): void {
  useWatch.setState(({ agents }) => ({
    agents: agents.map((agent, each) => (each === index ? { ...agent, ...changes } : agent)),
  }))
}

/** The agent that is looked at closely. */
export function useFocused(): WatchedAgent | undefined {
  return useWatch(({ agents, focus }) => agents[focus] ?? agents[0])
}

export function tallyOf(state: WatchState, stage: string): Tally {
  return state.tallies[stage] ?? EMPTY_TALLY
}
