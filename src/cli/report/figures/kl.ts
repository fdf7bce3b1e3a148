/**
 * True preference and learned reward against the distance from the starting policy. A reward that
 * keeps rising while the preference falls means that the reward model is over-optimised (Gao,
 * Schulman & Hilton, arXiv 2210.10760, whose axis is also the square root of the KL divergence).
 */
import type { ReinforcementResult, Results } from '../../../procedure/index.ts'
import {
  GAP,
  heading,
  inRows,
  type Layer,
  type Panel,
  type Picture,
  SAFE_COLOURS,
} from '../picture.ts'
import { wantedName } from '../stages.ts'
import { runPoints, runsByWanted } from './runs.ts'

const MEASURES = [
  { field: 'preference', title: ['Reached the', 'wanted jumppad (%)'], domain: [0, 100] },
  { field: 'reward', title: ['Learnt reward', '(normalised)'], domain: undefined },
] as const

type Measure = (typeof MEASURES)[number]

export function klPicture(results: Results): Picture | undefined {
  const groups = runsByWanted(results)
  if (groups.length === 0) return undefined
  return {
    file: 'kl.svg',
    alt: 'True preference and learned reward against the KL divergence to the starting policy, a line a run',
    spec: {
      title: heading(
        'What is gained by leaving the starting policy',
        ['A line is a run, a dot one update', '✕ a run that diverged'].join(GAP),
        'A reward model is over-optimised where the reward rises and the preference falls.',
      ),
      ...inRows(
        MEASURES.map((measure, row) =>
          groups.map(({ wanted, runs }, column) => ({
            ...(row === 0 ? { title: wantedName(wanted) } : {}),
            ...panel(measure, runs, row, column),
          })),
        ),
        { across: 48, down: 16 },
      ),
    },
  }
}

function panel(
  measure: Measure,
  runs: readonly ReinforcementResult[],
  row: number,
  column: number,
): Panel {
  const lowest = row === MEASURES.length - 1
  return {
    width: 240,
    height: 190,
    data: { values: runPoints(runs) },
    encoding: {
      x: {
        field: 'kl',
        type: 'quantitative',
        scale: { type: 'sqrt', zero: true },
        axis: {
          title: lowest ? ['KL to the starting policy', '(nats per episode, root scale)'] : null,
          grid: false,
          tickCount: 6,
          labels: lowest,
        },
      },
      y: {
        field: measure.field,
        type: 'quantitative',
        scale: measure.domain === undefined ? { zero: false } : { domain: [...measure.domain] },
        axis: {
          title: column === 0 ? [...measure.title] : null,
          ticks: false,
          domain: false,
          tickCount: 5,
        },
      },
    },
    layer: marks(),
  }
}

function marks(): Layer[] {
  return [
    {
      mark: { type: 'line', color: SAFE_COLOURS[0], strokeWidth: 1.2, opacity: 0.6 },
      encoding: { detail: { field: 'run', type: 'nominal' }, order: { field: 'update' } },
    },
    { mark: { type: 'point', color: SAFE_COLOURS[0], filled: true, size: 14, opacity: 0.7 } },
    {
      transform: [{ filter: "datum.end === 'diverged'" }],
      mark: {
        type: 'point',
        color: SAFE_COLOURS[0],
        shape: 'M-1,-1L1,1M-1,1L1,-1',
        size: 70,
        strokeWidth: 2.5,
        opacity: 1,
      },
    },
  ]
}
