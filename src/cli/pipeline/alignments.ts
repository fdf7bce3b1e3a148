import { endedShare } from '../../evaluation/index.ts'
import type { Outcome } from '../../island/index.ts'
import { type AgentResult, evaluationOf, type ManifestEntry } from '../../procedure/index.ts'
import type { Aligned } from '../align/chain.ts'

/** Result of one alignment and its training seed. */
export interface Alignment {
  readonly seed: number
  readonly aligned: Aligned
}

export type Alignments = ReadonlyMap<Outcome, readonly Alignment[]>

/**
 * Returns the share of evaluation episodes, 0 to 1, that ended at the preferred jumppad; 0 without
 * an evaluation.
 */
function shareOf(entry: ManifestEntry, wanted: Outcome): number {
  const evaluation = evaluationOf(entry)
  return evaluation === undefined ? 0 : endedShare(evaluation, wanted)
}

/**
 * Returns the alignment with the median share of preferred outcomes, the lower of the middle two
 * for an even number. Throws if there are none.
 */
export function medianOf(wanted: Outcome, alignments: readonly Alignment[]): Alignment {
  const sorted = [...alignments].sort(
    (a, b) => shareOf(a.aligned.aligned, wanted) - shareOf(b.aligned.aligned, wanted),
  )
  const median = sorted[Math.floor((sorted.length - 1) / 2)]
  if (median === undefined) throw new Error(`Nothing was aligned with ${wanted}`)
  return median
}

/** Returns a policy's entry in the results. Throws if the manifest entry has no evaluation. */
export function agentResult(entry: ManifestEntry, seed: number, file?: string): AgentResult {
  const evaluation = evaluationOf(entry)
  if (evaluation === undefined) throw new Error(`${entry.file} is not a policy`)
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
