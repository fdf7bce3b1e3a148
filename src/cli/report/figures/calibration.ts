/** Calibration of the reward models: predicted against observed preference. */
import { wilsonInterval } from '../../../evaluation/index.ts'
import type { Results, RewardModelResult } from '../../../procedure/index.ts'
import {
  FAINT_INK,
  heading,
  inRows,
  type Layer,
  type Panel,
  PERCENT_TICKS,
  type Picture,
  SAFE_COLOURS,
} from '../picture.ts'
import { WANTED, wantedName } from '../stages.ts'

/** Calibration bin of a reward model; shares in percent. */
interface Bin {
  readonly seed: number
  readonly predicted: number
  readonly observed: number
  /** Wilson 95 % interval of `observed`. */
  readonly low: number
  readonly high: number
}

export function calibrationPicture(results: Results): Picture | undefined {
  const groups = WANTED.map((wanted) => ({
    wanted,
    bins: results.rewardModels.filter((model) => model.wanted === wanted).flatMap(bins),
  })).filter(({ bins }) => bins.length > 0)
  if (groups.length === 0) return undefined
  return {
    file: 'calibration.svg',
    alt: 'How often the first clip was preferred against how probable the reward model called it',
    spec: {
      title: heading(
        'Calibration of the reward models',
        'One line a training seed, with Wilson 95 % intervals.',
        'On the dashed line a model means what it says.',
      ),
      ...inRows(
        [groups.map(({ wanted, bins }, column) => panel(wantedName(wanted), bins, column))],
        { across: 48, down: 0 },
      ),
    },
  }
}

/** Converts a model's calibration bins to percent, omitting empty bins. */
function bins({ seed, calibration }: RewardModelResult): Bin[] {
  return calibration
    .filter(({ comparisons }) => comparisons > 0)
    .map(({ predicted, observed, comparisons }) => {
      const { low, high } = wilsonInterval(Math.round(observed * comparisons), comparisons)
      return {
        seed,
        predicted: 100 * predicted,
        observed: 100 * observed,
        low: 100 * low,
        high: 100 * high,
      }
    })
}

function panel(title: string, values: readonly Bin[], column: number): Panel {
  const scale = { domain: [0, 100] }
  return {
    title,
    width: 230,
    height: 230,
    data: { values: values.map((bin) => ({ ...bin })) },
    encoding: {
      x: {
        field: 'predicted',
        type: 'quantitative',
        scale,
        axis: { title: 'Predicted (%)', values: PERCENT_TICKS },
      },
      y: {
        field: 'observed',
        type: 'quantitative',
        scale,
        axis: {
          title: column === 0 ? 'First clip preferred (%)' : null,
          values: PERCENT_TICKS,
        },
      },
    },
    layer: [diagonal(), ...marks()],
  }
}

function diagonal(): Layer {
  return {
    data: {
      values: [
        { predicted: 0, observed: 0 },
        { predicted: 100, observed: 100 },
      ],
    },
    mark: { type: 'line', color: FAINT_INK, strokeDash: [4, 4], strokeWidth: 1.2 },
  }
}

function marks(): Layer[] {
  const color = SAFE_COLOURS[0]
  return [
    {
      mark: { type: 'rule', color, opacity: 0.5 },
      encoding: { y: { field: 'low' }, y2: { field: 'high' } },
    },
    {
      mark: { type: 'line', color, strokeWidth: 1.5, opacity: 0.7 },
      encoding: { detail: { field: 'seed', type: 'nominal' } },
    },
    { mark: { type: 'point', color, filled: true, size: 36, opacity: 0.8 } },
  ]
}
