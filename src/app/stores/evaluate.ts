/** State of the current or latest evaluation, kept while other pages are visited. */
import { create } from 'zustand'
import type { EvaluatedEpisode } from '../../lab/evaluation/protocol.ts'
import type { EvaluateSettings } from './evaluate-settings.ts'

/** Results of one policy so far. */
export interface PolicyRun {
  /** Name in the address. */
  readonly name: string
  readonly title: string
  readonly stage: string
  /** SHA-256 digest of its file; undefined where there is none. */
  readonly sha256: string | undefined
  readonly phase: 'waiting' | 'loading' | 'playing' | 'done' | 'failed'
  readonly deviceName: string | undefined
  /** Reason why it was not played, as a sentence. */
  readonly problem: string | undefined
  /** Number of decisions made so far, including those of unfinished episodes. */
  readonly decisions: number
  /** Number of episodes that have ended. */
  readonly ended: number
  /** Ended episodes in order, up to the first that has not ended: only these may count in figures. */
  readonly episodes: readonly EvaluatedEpisode[]
  /** Playing time; undefined until all episodes have ended. */
  readonly seconds: number | undefined
}

/** Reward model that scores the episodes, or the reason why it does not. */
export interface EvaluatedReward {
  readonly name: string
  readonly title: string
  readonly stage: string
  readonly sha256: string | undefined
  readonly problem: string | undefined
}

export interface Evaluation {
  readonly settings: EvaluateSettings
  readonly phase: 'playing' | 'stopping' | 'stopped' | 'done'
  readonly policies: readonly PolicyRun[]
  readonly rewards: readonly EvaluatedReward[]
  /** Start time, ISO 8601. */
  readonly begunAt: string
  /** Seconds from the start to the latest event. */
  readonly seconds: number
}

/** Islands that are played one after another. */
interface Round {
  readonly islands: readonly string[]
  /** Number of islands that are done. */
  readonly done: number
}

export interface EvaluateState {
  readonly evaluation: Evaluation | undefined
  /**
   * Evaluations that have ended, by their islands' values in the address; all have the settings of the latest
   * one but for the island.
   */
  readonly byIsland: Readonly<Record<string, Evaluation>>
  /** Round that is under way; undefined while a single island is played, or none. */
  readonly round: Round | undefined
  /** Notice about something that does not stop the evaluation. */
  readonly notice: string | undefined
  /** Problem with a file that the visitor added. */
  readonly fileProblem: string | undefined
  /** Latest event, as a sentence for screen readers. */
  readonly announcement: string
}

export const useEvaluate = create<EvaluateState>(() => ({
  evaluation: undefined,
  byIsland: {},
  round: undefined,
  notice: undefined,
  fileProblem: undefined,
  announcement: '',
}))

/** Changes the evaluation, if there is one. */
export function patchEvaluation(change: (evaluation: Evaluation) => Partial<Evaluation>): void {
  useEvaluate.setState(({ evaluation }) =>
    evaluation ? { evaluation: { ...evaluation, ...change(evaluation) } } : {},
  )
}

export function patchPolicy(index: number, changes: Partial<PolicyRun>): void {
  patchEvaluation(({ policies }) => ({
    policies: policies.map((policy, each) => (each === index ? { ...policy, ...changes } : policy)),
  }))
}

/** Returns the evaluations that differ from the latest one in the island at most, that one first. */
export function evaluatedIslands({
  evaluation,
  byIsland,
}: Pick<EvaluateState, 'evaluation' | 'byIsland'>): Evaluation[] {
  if (evaluation === undefined) return []
  const { island } = evaluation.settings
  return [
    evaluation,
    ...Object.values(byIsland).filter(({ settings }) => settings.island !== island),
  ]
}

/**
 * Returns the evaluation that the figures draw: the latest one or, until every policy counts episodes on the
 * next island of a round, the one before it, so that what is selected in the figures stays.
 */
export function drawnEvaluation({
  evaluation,
  byIsland,
  round,
}: Pick<EvaluateState, 'evaluation' | 'byIsland' | 'round'>): Evaluation | undefined {
  const before = round && byIsland[round.islands[round.done - 1] ?? '']
  const counts = evaluation?.policies.every(
    ({ phase, episodes }) => phase === 'failed' || episodes.length > 0,
  )
  return counts || !isPlaying(evaluation) ? evaluation : (before ?? evaluation)
}

/** Returns whether episodes are being played. */
export function isPlaying(evaluation: Evaluation | undefined): boolean {
  return evaluation?.phase === 'playing' || evaluation?.phase === 'stopping'
}

/** Returns the reward models that do score, in the order of an episode's `rewards`. */
export function scoringRewards({ rewards }: Evaluation): EvaluatedReward[] {
  return rewards.filter(({ problem }) => problem === undefined)
}
