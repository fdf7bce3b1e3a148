/** The evaluation under way, or the last one. It stays when the page is left for another. */
import { create } from 'zustand'
import type { EvaluatedEpisode } from '../../lab/evaluation/protocol.ts'
import type { EvaluateSettings } from './evaluate-settings.ts'

/** What came of one policy so far. */
export interface PolicyRun {
  /** As the address has it. */
  readonly name: string
  readonly title: string
  readonly stage: string
  /** Of its file; undefined where there is none. */
  readonly sha256: string | undefined
  readonly phase: 'waiting' | 'loading' | 'playing' | 'done' | 'failed'
  readonly deviceName: string | undefined
  /** Why it was not played. */
  readonly problem: string | undefined
  /** Decisions made so far, those of unfinished episodes included. */
  readonly decisions: number
  /** Episodes that have ended. */
  readonly ended: number
  /** The first of them, up to the first that has not ended: what figures may count. */
  readonly episodes: readonly EvaluatedEpisode[]
  /** How long playing took; undefined until it is done. */
  readonly seconds: number | undefined
}

/** A reward model that looks on, or why it does not. */
export interface RewardRun {
  readonly name: string
  readonly title: string
  readonly sha256: string | undefined
  readonly problem: string | undefined
}

export interface Evaluation {
  readonly settings: EvaluateSettings
  readonly phase: 'playing' | 'stopping' | 'stopped' | 'done'
  readonly policies: readonly PolicyRun[]
  readonly rewards: readonly RewardRun[]
  /** ISO 8601. */
  readonly begunAt: string
  /** Seconds since it began, at the latest event. */
  readonly seconds: number
}

export interface EvaluateState {
  readonly evaluation: Evaluation | undefined
  /** Something worth knowing that stops nothing. */
  readonly notice: string | undefined
  /** What is wrong with a file that was given. */
  readonly fileProblem: string | undefined
  /** The last thing that happened, for those who do not see it. */
  readonly announcement: string
}

export const useEvaluate = create<EvaluateState>(() => ({
  evaluation: undefined,
  notice: undefined,
  fileProblem: undefined,
  announcement: '',
}))

/** Changes the evaluation, where there is one. */
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

/** Whether something is being played. */
export function isPlaying(evaluation: Evaluation | undefined): boolean {
  return evaluation?.phase === 'playing' || evaluation?.phase === 'stopping'
}

/** The reward models that do look on, in the order of an episode's `rewards`. */
export function seatedRewards({ rewards }: Evaluation): RewardRun[] {
  return rewards.filter(({ problem }) => problem === undefined)
}
