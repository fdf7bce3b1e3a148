/** Learning curves of reinforcement learning, for the main line and for the ablations. */
import { ablationGroups, type ReinforcementResult, type Results } from '../../../procedure/index.ts'
import {
  heading,
  inRows,
  type Panel,
  PERCENT_TICKS,
  type Picture,
  SAFE_COLOURS,
} from '../picture.ts'
import { capitalised, wantedName } from '../stages.ts'
import { runPoints, runsByWanted, variantColour, variantNames } from './runs.ts'

export function learningPicture(results: Results): Picture | undefined {
  const groups = runsByWanted(results)
  if (groups.length === 0) return undefined
  return {
    file: 'learning.svg',
    alt: 'Share of episodes that reached the wanted jumppad against updates of reinforcement learning, a line a run',
    spec: {
      title: heading(
        'How fast reinforcement learning aligns',
        'One line a run. Training does not see this share: it follows the learned reward.',
      ),
      ...inRows(
        [
          groups.map(({ wanted, runs }, column) => ({
            title: wantedName(wanted),
            ...panel(runs, column),
          })),
        ],
        { across: 48, down: 0 },
      ),
    },
  }
}

/**
 * Draws the learning curves of the ablations: with and without preference fine-tuning, by number of
 * comparisons, and so on.
 */
export function ablationsPicture(results: Results): Picture | undefined {
  const groups = ablationGroups(results)
  if (groups.length === 0) return undefined
  return {
    file: 'ablations.svg',
    alt: 'Share of episodes that reached the wanted jumppad against updates of reinforcement learning, for each variant and the unchanged procedure',
    spec: {
      title: heading(
        'What each part does to the learning',
        'One line a run; the same trials of the learning rate and the same cap on updates for all.',
      ),
      bounds: 'flush',
      spacing: 48,
      hconcat: groups.map(({ varied, runs }, column) => {
        const learnt = runs.flatMap(({ learning }) => learning ?? [])
        return {
          title: capitalised(varied),
          ...panel(learnt, column, variantColour(variantNames(learnt))),
        }
      }),
      resolve: { scale: { color: 'independent' } },
    },
  }
}

function panel(
  runs: readonly ReinforcementResult[],
  column: number,
  color?: ReturnType<typeof variantColour>,
): Panel {
  return {
    width: 240,
    height: 220,
    data: { values: runPoints(runs) },
    mark: { type: 'line', color: SAFE_COLOURS[0], strokeWidth: 1.8, opacity: 0.85 },
    encoding: {
      x: {
        field: 'update',
        type: 'quantitative',
        axis: { title: 'Update', grid: false, tickCount: 5, tickMinStep: 1 },
      },
      y: {
        field: 'preference',
        type: 'quantitative',
        scale: { domain: [0, 100] },
        axis: {
          title: column === 0 ? 'Reached the wanted jumppad (%)' : null,
          values: PERCENT_TICKS,
          ticks: false,
          domain: false,
        },
      },
      ...(color === undefined ? {} : { color }),
      detail: { field: 'run', type: 'nominal' },
    },
  }
}
