/** State of a look into a reward model: which labels, how far they are scored, and the scores. */

import { useEffect, useState } from 'react'
import { type JudgedPair, judgedPairs } from '../../evaluation/judged-pairs.ts'
import { finalReward } from '../../evaluation/reward-statistics.ts'
import type { TrainingData } from '../../procedure/training/index.ts'
import type { Candidate } from '../data/candidates.ts'
import { problemOf } from '../sentences.ts'
import { type LabelSet, labelSetsOf } from './label-sets.ts'
import { RewardReader } from './reward-reader.ts'

/** Labels with the scores of their clips. */
export interface ScoredLabels extends TrainingData {
  readonly set: LabelSet
  /** Rewards of whole clips. */
  readonly rewards: readonly number[]
  /** Running rewards of each clip, one number per decision. */
  readonly running: readonly Float32Array[]
  /** Factor from a difference of rewards to a logit; undefined if the model's file does not state it. */
  readonly scale: number | undefined
  readonly pairs: readonly JudgedPair[]
}

export type Scores =
  | { readonly kind: 'working'; readonly doing: string; readonly part: number }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly problem: string }
  | { readonly kind: 'scored'; readonly labels: ScoredLabels }

/** Returns the reader of a model for as long as the component is mounted; undefined on the first render. */
export function useReader(model: Candidate): RewardReader | undefined {
  const [reader, setReader] = useState<RewardReader>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the digest identifies the model
  useEffect(() => {
    const own = new RewardReader(model)
    setReader(own)
    return () => own.end()
  }, [model.sha256])
  return reader
}

/** Label sets of a model; undefined while they are read. */
export interface LabelSets {
  readonly sets: readonly LabelSet[] | undefined
  readonly problem: string | undefined
}

export function useLabelSets(model: Candidate): LabelSets {
  const [found, setFound] = useState<LabelSets>({ sets: undefined, problem: undefined })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the digest identifies the model
  useEffect(() => {
    let left = false
    labelSetsOf(model).then(
      (sets) => left || setFound({ sets, problem: undefined }),
      (error: unknown) => left || setFound({ sets: [], problem: problemOf(error) }),
    )
    return () => {
      left = true
    }
  }, [model.sha256])
  return found
}

/** Loads and scores a set again whenever it, or `attempt`, changes; `stop` ends both loading and scoring. */
export function useScores(
  reader: RewardReader | undefined,
  set: LabelSet | undefined,
  attempt: number,
): { readonly scores: Scores | undefined; stop(): void } {
  const [scores, setScores] = useState<Scores>()
  const [work, setWork] = useState<AbortController>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt scores again
  useEffect(() => {
    if (reader === undefined || set === undefined) return
    const own = new AbortController()
    const { signal } = own
    const show = (next: Scores) => {
      if (!signal.aborted) setScores(next)
    }
    signal.addEventListener('abort', () => reader.stop())
    setWork(own)
    show({ kind: 'working', doing: 'Loading the clips', part: 0 })
    scoresOf(reader, set, show, signal).then(show, (error: unknown) =>
      show({ kind: 'failed', problem: problemOf(error) }),
    )
    return () => own.abort()
  }, [reader, set, attempt])
  const stop = () => {
    work?.abort()
    setScores({ kind: 'stopped' })
  }
  return { scores, stop }
}

async function scoresOf(
  reader: RewardReader,
  set: LabelSet,
  show: (scores: Scores) => void,
  signal: AbortSignal,
): Promise<Scores> {
  const data = await set.load(
    (part) => show({ kind: 'working', doing: 'Playing clips', part }),
    signal,
  )
  signal.throwIfAborted()
  const count = Math.max(1, data.clips.length)
  const progress = (done: number) =>
    show({ kind: 'working', doing: 'Scoring clips', part: done / count })
  progress(0)
  const scale = await reader.scale()
  const running = await reader.score(data.clips, progress, signal)
  if (running === undefined) return { kind: 'stopped' }
  const rewards = running.map(finalReward)
  const pairs = judgedPairs(rewards, data.comparisons, scale)
  return { kind: 'scored', labels: { ...data, set, rewards, running, scale, pairs } }
}
