/** How far an evaluation is, and how long it still takes. */
import { EPISODE_DECISIONS } from '../../island/index.ts'
import type { Evaluation, PolicyRun } from '../stores/evaluate.ts'

/** Decisions of an episode before any has ended, and the weight of that guess in episodes. */
const GUESS = 0.8 * EPISODE_DECISIONS
const GUESS_WEIGHT = 10

/** Shares that are too small to tell a time from. */
const TOO_SOON = 0.04

/** 0…1, of one policy. Counted in decisions, as many episodes are under way at once. */
export function partOf(policy: PolicyRun, episodes: number): number {
  if (policy.phase === 'done' || policy.phase === 'failed') return 1
  const ended = policy.episodes.reduce((sum, { actions }) => sum + actions.length, 0)
  const mean = (GUESS_WEIGHT * GUESS + ended) / (GUESS_WEIGHT + policy.episodes.length)
  return Math.min(0.99, policy.decisions / (mean * episodes))
}

/** 0…1, of the whole evaluation. */
export function partDone({ policies, settings }: Evaluation): number {
  if (policies.length === 0) return 1
  const sum = policies.reduce((parts, policy) => parts + partOf(policy, settings.episodes), 0)
  return sum / policies.length
}

/** Seconds until the end, as far as can be told; undefined while it is too soon to say. */
export function secondsLeft(evaluation: Evaluation): number | undefined {
  // Policies that failed took no time and tell nothing of it.
  const policies = evaluation.policies.filter(({ phase }) => phase !== 'failed')
  const done = partDone({ ...evaluation, policies })
  if (policies.length === 0 || done < TOO_SOON) return undefined
  return (evaluation.seconds * (1 - done)) / done
}

/** `about 12 s left`. */
export function leftSentence(seconds: number | undefined): string {
  if (seconds === undefined) return 'estimating the time left'
  if (seconds < 90) return `about ${Math.max(1, Math.round(seconds))} s left`
  return `about ${Math.round(seconds / 60)} min left`
}
