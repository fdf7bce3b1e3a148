import { Button, SegmentedControl } from '@mantine/core'
import { useDeferredValue, useMemo } from 'react'
import type { StudyEntry } from '../../../storage/index.ts'
import {
  aggregateLog,
  leftOutSittings,
  type ResultComparison,
  type StudyLog,
  type StudyResult,
} from '../../../study/index.ts'
import {
  AGGREGATION_METHODS,
  type AggregationMethod,
  type Provenance,
} from '../../../study/statistics/aggregate.ts'
import { AGGREGATION_NAMES } from '../../sentences.ts'
import { changeStudySettings, studyAddress, useStudySettings } from '../../stores/study-settings.ts'
import { trainOnStudyAddress } from '../../stores/train-link.ts'
import { countOf, whole } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { Values } from '../../ui/Values.tsx'
import { useGathered } from '../gathered.ts'
import { Exports } from './Exports.tsx'
import classes from './Results.module.css'

const ABOUT: Readonly<Record<AggregationMethod, string>> = {
  majority:
    'The answer that more than half of a pair’s labellers gave; a pair without one counts as a tie.',
  mean: 'The mean of all answers, so that a pair on which people differ becomes a soft label between the two.',
  'dawid-skene':
    'Answers weighted by how reliable each labeller turned out, estimated from all answers together (Dawid & Skene 1979).',
}

/** One set of labels from everybody's answers: how it is made, what it rests on, and what to do with it. */
export function ResultsView({ entry }: { readonly entry: StudyEntry }) {
  const log = useGathered((state) => state.log)
  const digest = useGathered((state) => state.digest)
  if (!log || digest === undefined) return <p className={kit.sentence}>Reading the answers…</p>
  if (log.sittings.length > 0) return <Results log={log} digest={digest} />
  return (
    <p className={`${kit.sentence} ${classes.empty}`}>
      There are no answers to aggregate yet.{' '}
      <a href={studyAddress(entry.id, 'invite')}>Invite labellers</a>, or add their files on the
      Progress view.
    </p>
  )
}

interface ResultsProps {
  readonly log: StudyLog
  readonly digest: string
}

function Results({ log, digest }: ResultsProps) {
  const { method } = useStudySettings()
  // Aggregation may take longer than a frame, and must not hold up what arrives.
  const deferred = useDeferredValue(log)
  const exported = useMemo(() => {
    const leftOut = new Set(leftOutSittings(deferred).keys())
    return { log: deferred, digest, method, leftOut }
  }, [deferred, digest, method])
  const result = useMemo(() => aggregateLog(exported.log, exported), [exported])
  return (
    <div className={classes.results}>
      <section className={kit.card} aria-labelledby="aggregated-title">
        <h2 className={kit.cardTitle} id="aggregated-title">
          One answer for each pair
        </h2>
        <SegmentedControl
          aria-label="Aggregation"
          data={AGGREGATION_METHODS.map((each) => ({
            value: each,
            label: AGGREGATION_NAMES[each],
          }))}
          value={method}
          onChange={(picked) => changeStudySettings({ method: picked })}
        />
        <p className={kit.sentence}>{ABOUT[method]}</p>
        <Numbers result={result} />
        <Provenances comparisons={result.comparisons} />
        <p className={kit.small}>{basisOf(result)}</p>
        <Unfinished overlap={log.study.design.overlap} />
        <div className={kit.row}>
          <Button component="a" href={trainOnStudyAddress(log.study.id, method)}>
            Align an agent with it
          </Button>
        </div>
      </section>
      <Exports exported={exported} />
    </div>
  )
}

/** Number of pairs that further answers may change. */
function Unfinished({ overlap }: { readonly overlap: number }) {
  const pairs = useGathered((state) => state.overview?.pairs) ?? []
  const open = pairs.filter(({ decision, answers }) => !decision && answers.length < overlap).length
  if (open === 0) return null
  return (
    <p className={kit.sentence}>
      {whole(open)} of {countOf(pairs.length, 'pair')} {open === 1 ? 'does' : 'do'} not have{' '}
      {overlap === 1 ? 'its answer' : `all ${overlap} answers`} yet.
    </p>
  )
}

function Numbers({ result }: { readonly result: StudyResult }) {
  const { comparisons } = result
  const decisive = comparisons.filter(({ preference }) => preference !== 0.5).length
  return (
    <Values
      values={[
        { name: 'pairs with an answer', value: whole(comparisons.length) },
        { name: 'prefer a clip', value: whole(decisive) },
        { name: 'ties', value: whole(comparisons.length - decisive) },
      ]}
    />
  )
}

const PROVENANCES: Readonly<Record<Provenance, { readonly name: string; readonly about: string }>> =
  {
    unanimous: { name: 'Unanimous', about: 'all answers so far agree' },
    majority: { name: 'Majority', about: 'more than half agree' },
    adjudicated: { name: 'Decided by you', about: 'on the Disputes view' },
    unresolved: { name: 'Unresolved', about: 'no answer has more than half' },
  }
const ORDER = Object.keys(PROVENANCES) as Provenance[] // the keys of the record are the provenances

/** What the answers rest on, as a table with bars. */
function Provenances({ comparisons }: { readonly comparisons: readonly ResultComparison[] }) {
  return (
    <table className={classes.table} aria-label="What the answers rest on">
      <tbody>
        {ORDER.map((provenance) => {
          const count = comparisons.filter((each) => each.provenance === provenance).length
          const share = comparisons.length > 0 ? count / comparisons.length : 0
          return (
            <tr key={provenance}>
              <th scope="row">
                {PROVENANCES[provenance].name}
                <span className={classes.about}>{PROVENANCES[provenance].about}</span>
              </th>
              <td className={classes.bar}>
                <div className={classes.track} aria-hidden="true">
                  <div data-provenance={provenance} style={{ width: `${100 * share}%` }} />
                </div>
              </td>
              <td>{whole(count)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Returns what the result leaves out, as sentences. */
function basisOf({ sittings, pairs }: StudyResult): string {
  const parts = [`Answers of ${countOf(sittings.counted, 'labeller')} count.`]
  if (sittings.leftOut > 0) parts.push(`${countOf(sittings.leftOut, 'labeller')} excluded.`)
  if (sittings.withdrawn > 0) parts.push(`${countOf(sittings.withdrawn, 'labeller')} withdrew.`)
  if (pairs.unanswered > 0) parts.push(`${countOf(pairs.unanswered, 'pair')} without an answer.`)
  if (pairs.leftOut > 0) parts.push(`${countOf(pairs.leftOut, 'pair')} left out by you.`)
  return parts.join(' ')
}
