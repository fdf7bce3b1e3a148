/** Ways to align, compared with the same trouble taken over each. */
import type { AblationResult, Results } from '../../../procedure/index.ts'
import { variantNames } from '../figures/runs.ts'
import {
  duration,
  markdownTable,
  numbers,
  type Row,
  shareOf,
  whole,
  wholeRange,
  words,
} from '../format.ts'
import { notMeasured, type Section } from '../section.ts'
import { byWanted } from '../stages.ts'

export function ablationsSection({ ablations = [] }: Results): Section {
  const title = 'Ablations'
  if (ablations.length === 0) {
    return { title, body: [notMeasured('the ablations of the alignment')] }
  }
  const variants = variantNames(ablations)
  const rows = ablations.toSorted(
    (a, b) =>
      variants.indexOf(a.variant) - variants.indexOf(b.variant) ||
      byWanted(a, b) ||
      a.rewardComparisons - b.rewardComparisons ||
      a.seed - b.seed,
  )
  return {
    title,
    body: [
      `What each part of the procedure is worth: ${wholeRange(rows.map(({ tuningTrials }) => tuningTrials))} settings were tried on a tuning seed for each variant, and none may make more updates than the cap. Percent of fresh episodes that reached the wanted jumppad with Wilson 95 % intervals, n = ${wholeRange(rows.map(({ table }) => table.episodes))} episodes an agent. Updates to 90 % are those made until nine in ten of an update’s episodes reached it.`,
      markdownTable(
        [
          words('variant'),
          words('wanted'),
          numbers('seed'),
          numbers('comparisons'),
          numbers('tuning trials'),
          numbers('update cap'),
          numbers('updates'),
          numbers('updates to 90 %'),
          numbers('reached wanted'),
          numbers('n'),
          numbers('training'),
        ],
        rows.map(ablationRow),
      ),
    ],
  }
}

function ablationRow(run: AblationResult): Row {
  const { table, wanted } = run
  return [
    run.variant,
    wanted,
    String(run.seed),
    whole(run.rewardComparisons),
    whole(run.tuningTrials),
    whole(run.updateCap),
    whole(run.updates),
    run.updatesToNinety === undefined ? 'never' : whole(run.updatesToNinety),
    shareOf(table.outcomes[wanted], table.episodes),
    whole(table.episodes),
    duration(run.trainingSeconds),
  ]
}
