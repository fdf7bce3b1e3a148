import { VisuallyHidden } from '@mantine/core'
import { endedCount, endedInterval, endedShare } from '../../evaluation/outcomes.ts'
import type { Ending } from '../../island/index.ts'
import { endingName } from '../sentences.ts'
import { EndingIcon } from '../shell/EndingIcon.tsx'
import kit from '../ui/kit.module.css'
import { ShareCells } from '../ui/ShareCells.tsx'
import shares from '../ui/ShareTable.module.css'
import { type Compared, useEvaluatedWorld } from './compared.ts'
import { Figure } from './Figure.tsx'
import classes from './Figures.module.css'
import { Legend } from './Legend.tsx'
import { Letter } from './Letter.tsx'
import tables from './Tables.module.css'

interface OutcomesProps {
  readonly compared: readonly Compared[]
}

/** Renders the outcomes: for each ending, a bar per policy with its Wilson interval. */
export function Outcomes({ compared }: OutcomesProps) {
  const { endings } = useEvaluatedWorld()
  return (
    <Figure
      title="Outcomes"
      note="Share of episodes, with 95 % Wilson intervals; k/n is the number of episodes with this ending out of all episodes played."
    >
      <Legend compared={compared} />
      <div className={classes.endings}>
        {endings.map((ending) => (
          <EndingTable key={ending} ending={ending} compared={compared} />
        ))}
      </div>
    </Figure>
  )
}

function EndingTable({ ending, compared }: OutcomesProps & { readonly ending: Ending }) {
  return (
    <table
      className={`${shares.table} ${tables.ending}`}
      aria-label={`Episodes that end ${ending}`}
    >
      <thead>
        <tr>
          <th scope="col" colSpan={2}>
            <span className={kit.item}>
              <EndingIcon ending={ending} colour="currentColor" />
              {endingName(ending)}
            </span>
          </th>
          <th scope="col">%</th>
          <th scope="col">95 % interval</th>
          <th scope="col">k/n</th>
        </tr>
      </thead>
      <tbody>
        {compared.map(({ run, index, colour, table }) => (
          <tr key={index}>
            <th scope="row">
              <Letter index={index} colour={colour} />
              <VisuallyHidden>{run.title}</VisuallyHidden>
            </th>
            <ShareCells
              share={endedShare(table, ending)}
              colour={colour}
              interval={endedInterval(table, ending)}
            />
            <td>
              {endedCount(table, ending)}/{table.episodes}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
