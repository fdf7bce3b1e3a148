/** Section on reward models by encoder, trunk and number of comparisons, compared with the paper's. */
import {
  PAPER_ACCURACY,
  PAPER_RUNS,
  type Results,
  type RewardRun,
  type RewardTrial,
} from '../../../procedure/index.ts'
import { rewardModelsPicture } from '../figures/reward-models.ts'
import {
  markdownTable,
  numbers,
  percentAndSpread,
  type Row,
  whole,
  wholeRange,
  words,
} from '../format.ts'
import { PAPER } from '../paper.ts'
import { drawn, notMeasured, type Section } from '../section.ts'

const METRIC =
  'The two cannot be the same metric: the paper’s random encoder lies well below 50 %, which is worse than chance. Ours is the share of decisive held-out pairs whose preferred clip has the higher reward, with chance at 50 %. How the encoders differ can be compared, the numbers cannot.'

export function rewardRunsSection(results: Results): Section {
  const runs = results.rewardRuns?.runs ?? []
  return {
    title: 'Reward models by encoder and number of comparisons',
    body: [
      ...(runs.length === 0
        ? [notMeasured('reward models by encoder and number of comparisons')]
        : ours(results, runs, results.rewardRuns?.trials ?? [])),
      `The paper’s (${PAPER}), percent, mean ± standard deviation over ${PAPER_RUNS} runs:`,
      paperTable(),
      METRIC,
    ],
  }
}

function ours(results: Results, runs: readonly RewardRun[], trials: readonly RewardTrial[]) {
  const pairs = wholeRange(runs.map(({ test }) => test.comparisons))
  const equal = wholeRange(runs.map(({ equalLength }) => equalLength.comparisons))
  return [
    `Accuracy in percent, mean ± standard deviation over training seeds, on n = ${pairs} decisive held-out pairs (${equal} of about equal length) a run. The learning rate of each row was chosen among those tried by its accuracy on validation clips.`,
    ...drawn(rewardModelsPicture(results)),
    markdownTable(
      [
        words('encoder'),
        words('trunk'),
        numbers('comparisons'),
        numbers('accuracy'),
        numbers('about equal length'),
        numbers('seeds'),
        numbers('chosen rate'),
        numbers('rates tried'),
      ],
      cells(runs).map((cell) => cellRow(cell, trials)),
    ),
  ]
}

/** Runs that differ only in their seed. */
type Cell = readonly [RewardRun, ...RewardRun[]]

function sameCell(a: Omit<RewardTrial, 'accuracy' | 'rate'>, b: typeof a): boolean {
  return a.encoder === b.encoder && a.trunk === b.trunk && a.comparisons === b.comparisons
}

function cells(runs: readonly RewardRun[]): Cell[] {
  const ordered = runs.toSorted(
    (a, b) =>
      a.encoder.localeCompare(b.encoder) ||
      b.trunk.localeCompare(a.trunk) ||
      a.comparisons - b.comparisons,
  )
  const found: [RewardRun, ...RewardRun[]][] = []
  for (const run of ordered) {
    const cell = found.at(-1)
    if (cell !== undefined && sameCell(cell[0], run)) cell.push(run)
    else found.push([run])
  }
  return found
}

function cellRow(cell: Cell, trials: readonly RewardTrial[]): Row {
  const [{ encoder, trunk, comparisons }] = cell
  const tried = trials.filter((trial) => sameCell(trial, cell[0]))
  const rates = new Set(cell.map(({ rate }) => rate.toExponential()))
  return [
    encoder,
    trunk,
    whole(comparisons),
    percentAndSpread(cell.map(({ test }) => test.accuracy)),
    percentAndSpread(cell.map(({ equalLength }) => equalLength.accuracy)),
    whole(cell.length),
    [...rates].join(', '),
    whole(new Set(tried.map(({ rate }) => rate)).size),
  ]
}

function paperTable(): string {
  const sizes = [...new Set(PAPER_ACCURACY.map(({ comparisons }) => comparisons))]
  const cell = (encoder: 'agent' | 'random', size: number): string[] =>
    PAPER_ACCURACY.filter((each) => each.encoder === encoder && each.comparisons === size).map(
      ({ mean, spread }) => `${mean.toFixed(1)} ± ${spread.toFixed(1)}`,
    )
  return markdownTable(
    [numbers('comparisons'), numbers('encoder from the agent'), numbers('random encoder')],
    sizes.map((size) => [whole(size), ...cell('agent', size), ...cell('random', size)]),
  )
}
