import { useMemo } from 'react'
import { originsOf, outcomesByOrigin } from '../../evaluation/origins.ts'
import { endedCount, endedShare, type OutcomeTable } from '../../evaluation/outcomes.ts'
import type { StartKind } from '../../island/index.ts'
import { endingColour, endingName, START_NAMES } from '../sentences.ts'
import { EndingLegend } from '../ui/EndingLegend.tsx'
import kit from '../ui/kit.module.css'
import shares from '../ui/ShareTable.module.css'
import { type Compared, useEvaluatedWorld } from './compared.ts'
import { Figure } from './Figure.tsx'
import classes from './Figures.module.css'
import { MapTitle } from './MapTitle.tsx'
import tables from './Tables.module.css'

interface OriginsProps {
  readonly compared: readonly Compared[]
  readonly start: StartKind
}

/** Renders the outcomes of episodes by where they start. */
export function Origins({ compared, start }: OriginsProps) {
  const bySpawn = start === 'spawn'
  const { endings } = useEvaluatedWorld()
  return (
    <Figure
      title={bySpawn ? 'By spawn' : 'By start position'}
      note={
        bySpawn
          ? 'The spawns, seen from the south: front is farther north. Numbers count episodes.'
          : `${START_NAMES[start]}, anywhere in its region; left is west of the middle. Numbers count episodes.`
      }
    >
      <EndingLegend endings={endings} />
      <div className={classes.panels}>
        {compared.map((each) => (
          <OriginTable key={each.index} compared={each} start={start} />
        ))}
      </div>
    </Figure>
  )
}

function OriginTable({
  compared: { run, index, colour },
  start,
}: {
  readonly compared: Compared
  readonly start: StartKind
}) {
  const world = useEvaluatedWorld()
  const outcomes = useMemo(
    () => outcomesByOrigin(start, run.episodes, world),
    [start, run.episodes, world],
  )
  return (
    <div className={kit.stack} data-tight>
      <MapTitle index={index} colour={colour} title={run.title} />
      <table className={shares.table} aria-label={`${run.title}, by start position`}>
        <thead>
          <tr>
            <th scope="col">Start</th>
            <td />
            {world.endings.map((ending) => (
              <th key={ending} scope="col">
                {endingName(ending)}
              </th>
            ))}
            <th scope="col">All</th>
          </tr>
        </thead>
        <tbody>
          {originsOf(start, world.map).map(({ name, about }, place) => (
            <tr key={name}>
              <th scope="row" title={about}>
                {name}
              </th>
              <td className={shares.bar}>
                <Stacked table={outcomes[place]} />
              </td>
              {world.endings.map((ending) => (
                <td key={ending}>{outcomes[place]?.outcomes[ending] ?? 0}</td>
              ))}
              <td className={shares.share}>{outcomes[place]?.episodes ?? 0}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Stacked bar of the endings' shares; hidden from screen readers, as the numbers are beside it. */
function Stacked({ table }: { readonly table: OutcomeTable | undefined }) {
  if (!table || table.episodes === 0) return null
  return (
    <div className={tables.stacked} aria-hidden="true">
      {Object.keys(table.outcomes)
        .filter((ending) => endedCount(table, ending) > 0)
        .map((ending) => (
          <div
            key={ending}
            style={{
              width: `${100 * endedShare(table, ending)}%`,
              background: endingColour(ending, Object.keys(table.outcomes)),
            }}
          />
        ))}
    </div>
  )
}
