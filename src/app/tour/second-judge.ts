/**
 * A second judge for the tour. Ten labels alone may give a reward model that confuses jumppads
 * (docs/methods/in-the-tab.md), so a synthetic judge with the visitor's preferred outcome labels pairs
 * of the other clips.
 */
import { decisive, drawComparisons, judgeFor } from '../../alignment/comparisons.ts'
import { type Outcome, rootKey, splitKey } from '../../island/index.ts'
import { type LabDatabase, readClips, readSetting } from '../../storage/index.ts'
import { poolName, poolSchema } from '../data/clip-pool.ts'
import { digestOf, type LabelData } from '../training/labels.ts'

/**
 * Number of pairs that the judge labels: with the visitor's ten, about fifty that prefer a side. Fewer
 * where the visitor was so quick that not all clips have been made.
 */
const PAIRS = 120

/** Returns the visitor's and the judge's labels as the data of one training. */
export async function withSecondJudge(
  database: LabDatabase,
  policyDigest: string,
  wanted: Outcome,
  own: LabelData,
): Promise<LabelData> {
  const spoken = new Set(own.data.clips.map(({ id }) => id))
  const pool = (await readSetting(database, poolName(policyDigest), poolSchema)) ?? []
  const { records: others } = await readClips(
    database,
    pool.filter((id) => !spoken.has(id)),
  )
  const pairs = Math.min(PAIRS, Math.floor(others.length / 2))
  const key = splitKey(rootKey(0), 'tour', 'pairs')
  const more = drawComparisons(others, judgeFor(wanted), pairs, key)
  const first = own.data.clips.length
  const comparisons = [
    ...own.data.comparisons,
    ...more.comparisons.map((each) => ({
      ...each,
      first: each.first + first,
      second: each.second + first,
    })),
  ]
  const data = { clips: [...own.data.clips, ...others], comparisons }
  return {
    data,
    labels: {
      ...own.labels,
      question: `${own.labels.question} (${own.labels.comparisons} answers in the tour, ${pairs} by a judge)`,
      comparisons: comparisons.length,
      decisive: decisive(comparisons).length,
      sha256: await digestOf(data),
    },
  }
}
