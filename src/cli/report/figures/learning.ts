/** Reinforcement learning, update by update, with and without preference fine-tuning. */
import type { ReinforcementResult, Results } from '../../../procedure/index.ts'
import { heading, inRows, type Panel, PERCENT_TICKS, type Picture } from '../picture.ts'
import { wantedName } from '../stages.ts'
import { drawnVariants, runPoints, runsByWanted, variantColour } from './runs.ts'

export function learningPicture(results: Results): Picture | undefined {
  const groups = runsByWanted(results)
  if (groups.length === 0) return undefined
  const variants = drawnVariants(results)
  return {
    file: 'learning.svg',
    alt: 'Share of episodes that reached the wanted jumppad against updates of reinforcement learning, a line a run',
    spec: {
      title: heading(
        'How fast reinforcement learning aligns',
        'One line a run. Training does not see this share: it follows the learnt reward.',
      ),
      ...inRows(
        [
          groups.map(({ wanted, runs }, column) =>
            panel(wantedName(wanted), runs, variants, column),
          ),
        ],
        { across: 48, down: 0 },
      ),
    },
  }
}

function panel(
  title: string,
  runs: readonly ReinforcementResult[],
  variants: readonly string[],
  column: number,
): Panel {
  return {
    title,
    width: 240,
    height: 220,
    data: { values: runPoints(runs) },
    mark: { type: 'line', strokeWidth: 1.8, opacity: 0.85 },
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
      color: variantColour(variants),
      detail: { field: 'run', type: 'nominal' },
    },
  }
}
