/** Listener for events of the evaluation worker, which updates the store. */
import { completePrefix } from '../../evaluation/prefix.ts'
import type { EvaluatedEpisode, EvaluationEvent } from '../../lab/evaluation/protocol.ts'
import { type PolicyRun, patchEvaluation, patchPolicy, useEvaluate } from '../stores/evaluate.ts'
import { countOf } from '../ui/format.ts'

/** Marks a reward model as failed, with the reason. */
export function failReward(index: number, problem: string): void {
  patchEvaluation(({ rewards }) => ({
    rewards: rewards.map((reward, each) => (each === index ? { ...reward, problem } : reward)),
  }))
}

/** Marks the policies that are not done as failed, with the reason. */
export function failUnfinished(problem: string): void {
  patchEvaluation(({ policies }) => ({
    policies: policies.map((policy) =>
      policy.phase === 'done' || policy.phase === 'failed'
        ? policy
        : { ...policy, phase: 'failed' as const, problem },
    ),
  }))
}

/** Writes the worker's events into the store. */
export class EvaluationRecorder {
  readonly #policies: readonly number[]
  readonly #rewards: readonly number[]
  readonly #startedAt: number
  readonly #collected = new Map<number, EvaluatedEpisode[]>()
  #stopped = false

  /** Maps the worker's indices to those in the store; `startedAt` is a time of `performance.now()`. */
  constructor(policies: readonly number[], rewards: readonly number[], startedAt: number) {
    this.#policies = policies
    this.#rewards = rewards
    this.#startedAt = startedAt
  }

  /** Ignores all further events, some of which may still be on their way. */
  stop(): void {
    this.#stopped = true
  }

  record(event: EvaluationEvent): void {
    if (this.#stopped) return
    patchEvaluation(() => ({ seconds: (performance.now() - this.#startedAt) / 1000 }))
    if (event.kind === 'rewards') {
      for (const [place, problem] of event.problems.entries()) {
        const index = this.#rewards[place]
        if (problem !== undefined && index !== undefined) failReward(index, problem)
      }
      return
    }
    const index = this.#policies[event.policy]
    if (index !== undefined) this.#recordPolicy(index, event)
  }

  #recordPolicy(index: number, event: Exclude<EvaluationEvent, { kind: 'rewards' }>): void {
    if (event.kind === 'ended') this.#addEpisodes(index, event.episodes)
    else if (event.kind === 'playing') this.#start(index, event.deviceName, event.why)
    else {
      patchPolicy(index, changesFrom(event))
      if (event.kind === 'done') announce(index)
    }
  }

  /** Starts a policy's results, or restarts them after its device was lost. */
  #start(index: number, deviceName: string, why: string | undefined): void {
    this.#collected.delete(index)
    if (why !== undefined) useEvaluate.setState({ notice: why })
    patchPolicy(index, { phase: 'playing', deviceName, decisions: 0, ended: 0, episodes: [] })
  }

  #addEpisodes(index: number, episodes: readonly EvaluatedEpisode[]): void {
    const all = this.#collected.get(index) ?? []
    this.#collected.set(index, all)
    for (const episode of episodes) all[episode.index] = episode
    const ended = all.reduce((count) => count + 1, 0) // skips holes in the array
    patchPolicy(index, { ended, episodes: completePrefix(all) })
  }
}

function announce(index: number): void {
  const policy = useEvaluate.getState().evaluation?.policies[index]
  if (!policy) return
  const announcement = `${policy.title} has played ${countOf(policy.episodes.length, 'episode')}.`
  useEvaluate.setState({ announcement })
}

type Change = Extract<EvaluationEvent, { kind: 'loading' | 'decisions' | 'done' | 'failed' }>

function changesFrom(event: Change): Partial<PolicyRun> {
  switch (event.kind) {
    case 'loading':
      return { phase: 'loading' }
    case 'decisions':
      return { decisions: event.decisions }
    case 'done':
      return { phase: 'done', seconds: event.seconds }
    case 'failed':
      return { phase: 'failed', problem: event.message }
  }
}
