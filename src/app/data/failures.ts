/** Episodes of the results' gallery that show how a stage fails, by the rule that found them. */
import { CLIP_KINDS } from '../../evaluation/classify.ts'
import type { EpisodeRecord, Results } from '../../lab/models/results.ts'

export interface Failure {
  readonly stage: string
  readonly title: string
  /** Rule that selects such episodes, as a sentence. */
  readonly rule: string
  readonly episodes: readonly EpisodeRecord[]
}

/** Returns the failures that were found of a stage, in the order of `CLIP_KINDS`. */
export function failuresOf(results: Results | undefined, stage: string): Failure[] {
  const found = (results?.gallery ?? []).filter((entry) => entry.stage === stage)
  return CLIP_KINDS.filter(({ failure }) => failure).flatMap(({ kind, title, rule }) => {
    const episodes = found.filter((entry) => entry.kind === kind).map(({ episode }) => episode)
    return episodes.length > 0 ? [{ stage, title, rule, episodes }] : []
  })
}
