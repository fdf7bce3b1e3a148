import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { mcNemarTest } from '../../evaluation/mcnemar.ts'
import type { Ending, Outcome } from '../../island/index.ts'
import { wantedBy } from '../stages.ts'
import { percent } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { Values } from '../ui/Values.tsx'
import { type Compared, useEvaluatedWorld } from './compared.ts'
import classes from './Figures.module.css'
import { mcNemarSentence } from './mcnemar-words.ts'
import tables from './Tables.module.css'

/** Event to test: reaching any jumppad, or the one of this name. */
export type OutcomeEvent = 'any' | Outcome

function eventName(event: OutcomeEvent): string {
  return event === 'any' ? 'Reaches any jumppad' : `Reaches the ${event} jumppad`
}

/** Returns the event that a policy was trained for, if any. */
function eventOf({ run }: Compared, events: readonly OutcomeEvent[]): OutcomeEvent | undefined {
  const wanted = wantedBy(run.stage)
  return events.find((event) => event === wanted)
}

function happened(event: OutcomeEvent, ending: Ending): boolean {
  return event === 'any' ? ending !== 'none' : ending === event
}

interface McNemarProps {
  readonly first: Compared
  readonly second: Compared
}

/** Tests whether two policies differ by more than chance, in pairs of episodes of the same seed. */
export function McNemar({ first, second }: McNemarProps) {
  const { outcomes } = useEvaluatedWorld()
  const events = ['any', ...outcomes]
  const [chosen, setChosen] = useState<OutcomeEvent>()
  const event =
    events.find((each) => each === chosen) ??
    eventOf(second, events) ??
    eventOf(first, events) ??
    'any'
  const pairs = Math.min(first.run.episodes.length, second.run.episodes.length)
  const of = ({ run }: Compared) =>
    run.episodes.slice(0, pairs).map(({ ending }) => happened(event, ending))
  const test = mcNemarTest(of(first), of(second))
  const { both, onlyFirst, onlySecond, neither } = test
  const [a, b] = [first.letter, second.letter]
  return (
    <div className={`${kit.stack} ${classes.test}`}>
      <h3 className={kit.label}>McNemar’s test on {pairs} pairs with the same seed</h3>
      <NativeSelect
        size="sm"
        label="Compared outcome"
        data={events.map((each) => ({ value: each, label: eventName(each) }))}
        value={event}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
      />
      <table className={tables.pairs} aria-label={`${eventName(event)}: episodes in pairs`}>
        <thead>
          <tr>
            <td />
            <th scope="col">{b} does</th>
            <th scope="col">{b} does not</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{a} does</th>
            <td>{both}</td>
            <td className={tables.apartCell}>{onlyFirst}</td>
          </tr>
          <tr>
            <th scope="row">{a} does not</th>
            <td className={tables.apartCell}>{onlySecond}</td>
            <td>{neither}</td>
          </tr>
        </tbody>
      </table>
      <Values
        values={[
          {
            name: `${a} − ${b}`,
            value: signedPoints((onlyFirst - onlySecond) / Math.max(1, pairs)),
          },
          { name: 'p, exact', value: pValue(test.p) },
          { name: 'mid-p', value: pValue(test.midP) },
        ]}
      />
      <p className={kit.small}>{mcNemarSentence(titled(first), titled(second), test)}</p>
    </div>
  )
}

function titled({ run, letter }: Compared): string {
  return `${run.title} (${letter})`
}

function signedPoints(share: number): string {
  const sign = share > 0 ? '+' : share < 0 ? '−' : ''
  return `${sign}${percent(Math.abs(share))} points`
}

function pValue(p: number): string {
  return p < 0.0001 ? '< 0.0001' : p.toFixed(4)
}
