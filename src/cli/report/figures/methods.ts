/** Share that the methods reach by number of labels, with one dot per training seed. */
import {
  METHOD_NAMES,
  type MethodGroup,
  methodGroups,
  type Results,
} from '../../../procedure/index.ts'
import {
  GAP,
  heading,
  inRows,
  type Panel,
  PERCENT_TICKS,
  type Picture,
  SAFE_COLOURS,
} from '../picture.ts'
import { WANTED, wantedName } from '../stages.ts'

export function methodsPicture(results: Results): Picture | undefined {
  const groups = methodGroups(results)
  if (groups.length === 0) return undefined
  const panels = WANTED.map((wanted) => groups.filter((group) => group.wanted === wanted)).filter(
    (own) => own.length > 0,
  )
  return {
    file: 'methods.svg',
    alt: 'Share of episodes that reached the wanted jumppad against the number of labels, a line for each method',
    spec: {
      title: heading(
        'What each method makes of the same labels',
        ['● a training seed', '━ mean over seeds'].join(GAP),
      ),
      ...inRows([panels.map(panel)], { across: 48, down: 0 }),
    },
  }
}

function panel(groups: readonly MethodGroup[], column: number): Panel {
  const names = Object.values(METHOD_NAMES)
  const values = groups.flatMap(({ method, decisive, shares }) =>
    shares.map((share) => ({ method: METHOD_NAMES[method], decisive, reached: 100 * share })),
  )
  return {
    title: wantedName(groups[0]?.wanted ?? ''),
    width: 320,
    height: 260,
    data: { values },
    encoding: {
      x: {
        field: 'decisive',
        type: 'quantitative',
        scale: { type: 'log', nice: false, padding: 14 },
        axis: {
          title: 'Labels that prefer a clip (log scale)',
          values: [...new Set(groups.map(({ decisive }) => decisive))],
          format: ',d',
          grid: false,
        },
      },
      y: {
        field: 'reached',
        type: 'quantitative',
        scale: { domain: [0, 100] },
        axis: {
          title: column === 0 ? 'Reached the wanted jumppad (%)' : null,
          values: PERCENT_TICKS,
          ticks: false,
          domain: false,
        },
      },
      color: {
        field: 'method',
        type: 'nominal',
        scale: { domain: names, range: SAFE_COLOURS.slice(0, names.length) },
        legend: {
          title: null,
          orient: 'bottom',
          columns: 1,
          symbolType: 'circle',
          symbolOpacity: 1,
          labelLimit: 0,
        },
      },
    },
    layer: [
      {
        mark: { type: 'line', strokeWidth: 2 },
        encoding: { y: { field: 'reached', aggregate: 'mean' } },
      },
      { mark: { type: 'point', filled: true, size: 34, opacity: 0.55 } },
    ],
  }
}
