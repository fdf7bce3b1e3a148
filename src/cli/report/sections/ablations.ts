/** Section on the ablations, which all get the same tuning budget. */
import { endedCount } from '../../../evaluation/index.ts'
import {
  type AblatedVariant,
  type AblationResult,
  ablatedVariants,
  type Results,
} from '../../../procedure/index.ts'
import { ablationsPicture } from '../figures/learning.ts'
import { variantNames } from '../figures/runs.ts'
import {
  duration,
  markdownTable,
  numbers,
  percent,
  percentAndSpread,
  type Row,
  shareOf,
  shareWithInterval,
  whole,
  wholeRange,
  words,
} from '../format.ts'
import { drawn, notMeasured, type Section } from '../section.ts'
import { byWanted } from '../stages.ts'

export function ablationsSection(results: Results): Section {
  const { ablations = [] } = results
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
      `What each part of the procedure is worth: ${ratesTried(rows)} for each variant towards left on a tuning seed, the one with the higher learned reward is taken, and no run makes more updates than the cap. Percent of fresh episodes that reached the wanted jumppad with Wilson 95 % intervals, n = ${wholeRange(rows.map(({ table }) => table.episodes))} episodes per agent. Pre-training is the number of updates with which an agent was pre-trained for this run; the others start from a shipped agent, and the one from scratch was not pre-trained. Updates to 90 % is the number of updates until 90 % of an update’s episodes reached it.`,
      ...drawn(ablationsPicture(results)),
      'By variant: mean over training seeds with a Wilson 95 % interval over the episodes of all seeds, which does not cover how seeds differ, and mean ± standard deviation over seeds.',
      summaryTable(rows),
      'Each run:',
      markdownTable(
        [
          words('variant'),
          words('varied'),
          words('wanted'),
          numbers('seed'),
          numbers('reward model’s comparisons'),
          numbers('decisive'),
          numbers('its accuracy'),
          numbers('pre-training'),
          numbers('tuning trials'),
          numbers('rate taken'),
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

function summaryTable(rows: readonly AblationResult[]): string {
  return markdownTable(
    [
      words('variant'),
      words('wanted'),
      numbers('seeds'),
      numbers('reached wanted'),
      numbers('mean ± sd'),
      numbers('updates to 90 %'),
    ],
    ablatedVariants(rows).map(summaryRow),
  )
}

function summaryRow({ variant, wanted, shares, share, interval, runs }: AblatedVariant): Row {
  return [
    variant,
    wanted,
    whole(runs.length),
    shareWithInterval(share, interval),
    percentAndSpread(shares),
    runs.map(updatesToNinety).join(', '),
  ]
}

function updatesToNinety({ updatesToNinety: updates }: AblationResult): string {
  return updates === undefined ? 'never' : whole(updates)
}

function ratesTried(rows: readonly AblationResult[]): string {
  const rates = new Set(rows.flatMap(({ trials }) => trials.map(({ rate }) => rate)))
  return `learning rates of ${[...rates].sort((a, b) => a - b).join(' and ')} were tried`
}

function ablationRow(run: AblationResult): Row {
  const { table, wanted } = run
  return [
    run.variant,
    run.varied,
    wanted,
    String(run.seed),
    whole(run.rewardComparisons),
    whole(run.decisive),
    percent(run.rewardAccuracy),
    run.pretrainingUpdates === undefined ? 'shipped agent’s' : whole(run.pretrainingUpdates),
    whole(run.trials.length),
    String(run.rate),
    whole(run.updateCap),
    whole(run.updates),
    updatesToNinety(run),
    shareOf(endedCount(table, wanted), table.episodes),
    whole(table.episodes),
    duration(run.trainingSeconds),
  ]
}
