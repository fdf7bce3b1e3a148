import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { StudyEntry } from '../../../storage/index.ts'
import {
  PAIR_STATES,
  type PairOverview,
  type PairState,
  type StudyOverview,
} from '../../../study/index.ts'
import { FoldedCard } from '../../ui/FoldedCard.tsx'
import { whole } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { Scroller } from '../Scroller.tsx'
import { PAIR_STATE_WORDS } from './PairStates.tsx'
import classes from './Progress.module.css'

/** Number of pairs that the table shows at most; the filter leads to the others. */
const MOST_ROWS = 200

interface PairTableProps {
  readonly entry: StudyEntry
  readonly overview: StudyOverview
}

/** Every pair with its answers so far, by state. */
export function PairTable({ entry, overview }: PairTableProps) {
  const [state, setState] = useState<PairState | 'all'>('all')
  const pairs = overview.pairs.filter((pair) => state === 'all' || pair.state === state)
  const { overlap } = entry.study.design
  return (
    <FoldedCard title="Pairs" aside={whole(overview.pairs.length)}>
      <NativeSelect
        size="xs"
        w="fit-content"
        aria-label="Filter pairs"
        data={[
          { value: 'all', label: 'All pairs' },
          ...PAIR_STATES.map((each) => ({ value: each, label: `Pairs ${PAIR_STATE_WORDS[each]}` })),
        ]}
        value={state}
        onChange={({ currentTarget: { value } }) =>
          setState(PAIR_STATES.find((each) => each === value) ?? 'all')
        }
      />
      <Scroller name="Pairs">
        <table className={classes.table} aria-label="Pairs">
          <thead>
            <tr>
              <th scope="col">Pair</th>
              <th scope="col">State</th>
              <th scope="col">Answers</th>
              <th scope="col">First</th>
              <th scope="col">Second</th>
              <th scope="col">Tie</th>
              <th scope="col">Can’t tell</th>
            </tr>
          </thead>
          <tbody>
            {pairs.slice(0, MOST_ROWS).map((pair) => (
              <Row key={pair.number} pair={pair} overlap={overlap} />
            ))}
          </tbody>
        </table>
      </Scroller>
      {pairs.length > MOST_ROWS ? (
        <p className={kit.small}>
          The first {MOST_ROWS} of {whole(pairs.length)} pairs are shown.
        </p>
      ) : null}
    </FoldedCard>
  )
}

interface RowProps {
  readonly pair: PairOverview
  /** Number of answers that the pair is to get. */
  readonly overlap: number
}

function Row({ pair, overlap }: RowProps) {
  const { number, state, answers } = pair
  const count = (verdict: string) =>
    answers.filter(({ label }) => label.verdict === verdict).length || '–'
  return (
    <tr>
      <th scope="row">{number}</th>
      <td>{PAIR_STATE_WORDS[state]}</td>
      <td>
        {answers.length} of {overlap}
      </td>
      <td>{count('first')}</td>
      <td>{count('second')}</td>
      <td>{count('tie')}</td>
      <td>{count('cannot tell')}</td>
    </tr>
  )
}
