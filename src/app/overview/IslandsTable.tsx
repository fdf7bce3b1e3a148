import { ISLANDS, type ShippedIsland } from '../../island/index.ts'
import type { Results } from '../../lab/models/results.ts'
import { type IslandCell, islandCell } from '../../procedure/island-cells.ts'
import { stageName } from '../../procedure/model-stages.ts'
import { stageVariable } from '../stages.ts'
import { Dot } from '../ui/Dot.tsx'
import { percent } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import classes from './IslandsTable.module.css'

type IslandsResult = NonNullable<Results['islands']>

/** Renders how often each agent gets to its jumppad on each island; every cell leads to the Watch page. */
export function IslandsTable({ islands }: { readonly islands: IslandsResult }) {
  const cells = islands.policies.map(islandCell)
  const stages = [...new Set(cells.map(({ stage }) => stage))]
  const shown = ISLANDS.filter(({ id }) => cells.some(({ island }) => island === id))
  return (
    // Scrollable by keyboard where the table is wider than the screen.
    <section
      className={`${kit.card} ${classes.scroller}`}
      aria-label="Islands, scrollable"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region takes the focus
      tabIndex={0}
    >
      <table
        className={classes.table}
        aria-label="Share of episodes that reached the preferred jumppad, by island and agent, percent"
      >
        <thead>
          <tr>
            <th scope="col">Island</th>
            {stages.map((stage) => (
              <th key={stage} scope="col">
                <span className={kit.item}>
                  <Dot stage={stage} />
                  {stageName(stage)}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((island) => (
            <tr key={island.id}>
              <IslandHead island={island} />
              {stages.map((stage) => (
                <Cell
                  key={stage}
                  cell={cells.find((each) => each.island === island.id && each.stage === stage)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function IslandHead({ island: { title, about } }: { readonly island: ShippedIsland }) {
  return (
    <th scope="row" className={classes.island}>
      {title}
      <span className={kit.small}>{about}</span>
    </th>
  )
}

function Cell({ cell }: { readonly cell: IslandCell | undefined }) {
  if (cell === undefined) return <td>–</td>
  const { stage, island, exists, share, interval, otherwise } = cell
  const params = new URLSearchParams({ model: stage, ...(island !== 'home' && { island }) })
  return (
    <td
      style={{
        background: `color-mix(in srgb, ${stageVariable(stage)} ${exists ? Math.round(45 * share) : 0}%, transparent)`,
      }}
    >
      <a className={classes.link} href={`#/watch?${params}`} title="Watch it">
        {exists ? (
          <>
            <strong>{percent(share)}</strong>
            <span className={kit.small}>
              {percent(interval.low)}–{percent(interval.high)}
            </span>
          </>
        ) : (
          <>
            <strong>Missing</strong>
            {otherwise ? (
              <span className={kit.small}>
                most often {otherwise.ending}: {percent(otherwise.share)}
              </span>
            ) : null}
          </>
        )}
      </a>
    </td>
  )
}
