/** Progress of an evaluation and its estimated time left. */
import { EPISODE_DECISIONS } from '../../island/index.ts'
import type { Evaluation, PolicyRun } from '../stores/evaluate.ts'
import { countOf } from '../ui/format.ts'

/** Prior guess of an episode's length in decisions, and its weight in episodes. */
const GUESS = 0.8 * EPISODE_DECISIONS
const GUESS_WEIGHT = 10

/** Progress below which the time left is not estimated. */
const TOO_SOON = 0.04

/** Returns one policy's progress, 0…1, by decisions, as many episodes are under way at once. */
function partOf(policy: PolicyRun, episodes: number): number {
  if (policy.phase === 'done' || policy.phase === 'failed') return 1
  const ended = policy.episodes.reduce((sum, { actions }) => sum + actions.length, 0)
  const mean = (GUESS_WEIGHT * GUESS + ended) / (GUESS_WEIGHT + policy.episodes.length)
  return Math.min(0.99, policy.decisions / (mean * episodes))
}

/** Returns the progress of the whole evaluation, 0…1. */
export function partDone({ policies, settings }: Evaluation): number {
  if (policies.length === 0) return 1
  const sum = policies.reduce((parts, policy) => parts + partOf(policy, settings.episodes), 0)
  return sum / policies.length
}

/** Returns the estimated seconds left; undefined while it is too soon to tell. */
export function secondsLeft(evaluation: Evaluation): number | undefined {
  // Failed policies took no time, so they say nothing about the pace.
  const policies = evaluation.policies.filter(({ phase }) => phase !== 'failed')
  const done = partDone({ ...evaluation, policies })
  if (policies.length === 0 || done < TOO_SOON) return undefined
  return (evaluation.seconds * (1 - done)) / done
}

/** Formats the time left, as in `about 12 s left`. */
export function leftSentence(seconds: number | undefined): string {
  if (seconds === undefined) return 'estimating the time left'
  if (seconds < 90) return `about ${Math.max(1, Math.round(seconds))} s left`
  return `about ${Math.round(seconds / 60)} min left`
}

/** Says what became of a model that failed, as in `is left out` or `stopped after 12 episodes, which are counted`. */
export function failureWords(counted = 0): string {
  return counted > 0
    ? `stopped after ${countOf(counted, 'episode')}, which ${counted === 1 ? 'is' : 'are'} counted`
    : 'is left out'
}
