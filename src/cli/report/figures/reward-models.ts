/** Accuracy of reward models by encoder, trunk and number of comparisons, with one dot per run. */
import { PAPER_ACCURACY, type Results, type RewardRun } from '../../../procedure/index.ts'
import {
  FAINT_INK,
  GAP,
  heading,
  INK,
  inRows,
  type Layer,
  type Panel,
  type Picture,
  SAFE_COLOURS,
} from '../picture.ts'

const ENCODERS = [
  { encoder: 'agent', name: 'Encoder from the agent', colour: SAFE_COLOURS[0], shift: 0.94 },
  { encoder: 'random', name: 'Random encoder', colour: SAFE_COLOURS[1], shift: 1.06 },
] as const

const TRUNKS = [
  { trunk: 'trained', title: 'Trunk trained along' },
  { trunk: 'frozen', title: 'Trunk frozen, head alone trained' },
] as const

/** Data point of a run or a mean: accuracy in percent against number of comparisons. */
interface Dot {
  readonly encoder: string
  readonly comparisons: number
  readonly accuracy: number
}

export function rewardModelsPicture(results: Results): Picture | undefined {
  const runs = results.rewardRuns?.runs ?? []
  const trunks = TRUNKS.filter(({ trunk }) => runs.some((run) => run.trunk === trunk))
  if (trunks.length === 0) return undefined
  return {
    file: 'reward-models.svg',
    alt: 'Test accuracy of reward models against the number of comparisons they learned from, encoders from the agent and random ones',
    spec: {
      title: heading(
        'How many comparisons a reward model needs',
        ['● a run', '━ mean over seeds', '◇ the paper’s means, by its own metric'].join(GAP),
      ),
      ...inRows(
        [
          trunks.map(({ trunk, title }, column) =>
            panel(
              title,
              runs.filter((run) => run.trunk === trunk),
              column,
            ),
          ),
        ],
        { across: 48, down: 0 },
      ),
    },
  }
}

function panel(title: string, runs: readonly RewardRun[], column: number): Panel {
  return {
    title,
    width: 360,
    height: 280,
    encoding: {
      x: {
        field: 'comparisons',
        type: 'quantitative',
        scale: { type: 'log', nice: false, padding: 14 },
        axis: {
          title: 'Training comparisons (log scale)',
          values: [10, 30, 100, 300, 1_000, 10_000, 100_000],
          format: ',d',
          grid: false,
        },
      },
      y: {
        field: 'accuracy',
        type: 'quantitative',
        scale: { domain: [20, 100] },
        axis: {
          title: column === 0 ? 'Test accuracy (%)' : null,
          ticks: false,
          domain: false,
          tickCount: 5,
        },
      },
      color: {
        field: 'encoder',
        type: 'nominal',
        scale: {
          domain: ENCODERS.map(({ name }) => name),
          range: ENCODERS.map(({ colour }) => colour),
        },
        legend: {
          title: null,
          orient: 'bottom',
          symbolType: 'circle',
          symbolOpacity: 1,
          labelLimit: 0,
        },
      },
    },
    layer: [...chance(), paperMeans(), means(runs), dots(runs)],
  }
}

function chance(): Layer[] {
  const data = { values: [{ accuracy: 50 }] }
  return [
    {
      data,
      mark: { type: 'rule', color: INK, strokeDash: [4, 4] },
      encoding: {
        x: { value: 0 },
        x2: { value: 'width' },
        color: { value: INK },
      },
    },
    {
      data,
      mark: { type: 'text', align: 'right', dy: -7, text: 'chance', fontSize: 12 },
      encoding: { x: { value: 'width' }, color: { value: FAINT_INK } },
    },
  ]
}

/** Returns a data point, shifted slightly along x by encoder so that points do not overlap. */
function placed(encoder: 'agent' | 'random', comparisons: number, accuracy: number): Dot[] {
  return ENCODERS.filter((each) => each.encoder === encoder).map(({ name, shift }) => ({
    encoder: name,
    comparisons: comparisons * shift,
    accuracy,
  }))
}

function placedRuns(runs: readonly RewardRun[]): Dot[] {
  return runs.flatMap(({ encoder, comparisons, test }) =>
    placed(encoder, comparisons, 100 * test.accuracy),
  )
}

function dots(runs: readonly RewardRun[]): Layer {
  return {
    data: { values: placedRuns(runs) },
    mark: { type: 'point', filled: true, size: 34, opacity: 0.55 },
  }
}

function means(runs: readonly RewardRun[]): Layer {
  return {
    data: { values: placedRuns(runs) },
    mark: { type: 'line', strokeWidth: 2 },
    encoding: { y: { field: 'accuracy', aggregate: 'mean' } },
  }
}

function paperMeans(): Layer {
  return {
    data: {
      values: PAPER_ACCURACY.flatMap(({ encoder, comparisons, mean }) =>
        placed(encoder, comparisons, mean),
      ),
    },
    mark: { type: 'point', shape: 'diamond', size: 60, filled: false, opacity: 0.45 },
  }
}
