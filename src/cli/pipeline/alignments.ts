import type { Outcome } from '../../island/index.ts'
import { type AgentResult, evaluationOf, type ManifestEntry } from '../../procedure/index.ts'
import type { Aligned } from '../align/chain.ts'

/** An agent that was aligned with one seed. */
export interface Alignment {
  readonly seed: number
  readonly aligned: Aligned
}

export type Alignments = ReadonlyMap<Outcome, readonly Alignment[]>

/** Share of fresh episodes that ended at one jumppad. */
function shareOf(entry: ManifestEntry, wanted: Outcome): number {
  const evaluation = evaluationOf(entry)
  return evaluation === undefined ? 0 : evaluation.outcomes[wanted] / evaluation.episodes
}

/** The alignment whose share is the median one. */
export function medianOf(wanted: Outcome, alignments: readonly Alignment[]): Alignment {
  const sorted = [...alignments].sort(
    (a, b) => shareOf(a.aligned.aligned, wanted) - shareOf(b.aligned.aligned, wanted),
  )
  const median = sorted[Math.floor((sorted.length - 1) / 2)]
  if (median === undefined) throw new Error(`Nothing was aligned with ${wanted}`)
  return median
}

/** What the results say of a policy. */
export function agentResult(entry: ManifestEntry, seed: number, file?: string): AgentResult {
  const evaluation = evaluationOf(entry)
  if (evaluation === undefined) throw new Error(`${entry.file} is no policy`)
  const { episodes, outcomes, intervals, meanDecisions } = evaluation
  return {
    stage: entry.stage,
    seed,
    start: 'spawn',
    table: { episodes, outcomes, intervals, meanDecisions },
    ...(file === undefined ? {} : { file }),
    recipe: entry.recipe,
    trainingSeconds: entry.scores.trainingSeconds,
  }
}
