import { useMemo, useState } from 'react'
import type { StudyEntry } from '../../../storage/index.ts'
import {
  clipsOfStudy,
  disputedPairs,
  type PairOverview,
  type StudyLog,
} from '../../../study/index.ts'
import { Announcer } from '../../ui/Announcer.tsx'
import { countOf } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { record } from '../collector.ts'
import { useGathered } from '../gathered.ts'
import { AnswerList } from './AnswerList.tsx'
import { type DecisionVerdict, decisionWords } from './answer-words.ts'
import { Decide } from './Decide.tsx'
import classes from './Disputes.module.css'

/** Pairs whose answers disagree, worst first; the researcher watches and decides them. */
export function DisputesView({ entry }: { readonly entry: StudyEntry }) {
  const log = useGathered((state) => state.log)
  const overview = useGathered((state) => state.overview)
  const pairs = useMemo(() => overview && disputedPairs(overview.pairs), [overview])
  if (!log || !overview || !pairs) return <p className={kit.sentence}>Reading the answers…</p>
  if (pairs.length > 0) {
    return <Disputes entry={entry} log={log} pairs={pairs} all={overview.pairs} />
  }
  return (
    <p className={`${kit.sentence} ${classes.empty}`}>
      Nothing is disputed so far. A pair is listed here once everybody who is to answer it has done
      so and no answer has two thirds of the votes.
    </p>
  )
}

interface DisputesProps {
  readonly entry: StudyEntry
  readonly log: StudyLog
  /** Disputed pairs, worst first. */
  readonly pairs: readonly PairOverview[]
  /** All pairs of the study: answers that arrive may settle the one that is shown. */
  readonly all: readonly PairOverview[]
}

function Disputes({ entry, log, pairs, all }: DisputesProps) {
  const clips = useMemo(() => clipsOfStudy(log.study), [log.study])
  // Arriving answers must not change the pair under the reader.
  const [chosen, setChosen] = useState(() => pairs[0]?.number)
  // Decisions count before they are read back from the storage.
  const [decided, setDecided] = useState<ReadonlySet<number>>(new Set())
  const [said, setSaid] = useState('')
  const pair = all.find(({ number }) => number === chosen)
  const [first, second] = [clips.get(pair?.first ?? ''), clips.get(pair?.second ?? '')]
  if (!pair || !first || !second) return null
  const decide = (verdict: DecisionVerdict | undefined, note: string) => {
    const { number } = pair
    const moves = verdict !== undefined && verdict !== pair.decision?.verdict
    const known = changed(decided, number, verdict !== undefined)
    const next = moves ? nextOpen(pairs, pair, known) : pair
    setDecided(known)
    setChosen(next.number)
    const what = verdict === undefined ? 'taken back' : `decided: ${decisionWords(verdict)}`
    setSaid(`Pair ${number} ${what}. ${next === pair ? '' : `Pair ${next.number} is shown.`}`)
    void record(entry, {
      ...{ kind: 'decision', first: pair.first, second: pair.second, note },
      ...(verdict && { verdict }),
    }).then((saved) => {
      if (saved) return
      setDecided((before) => changed(before, number, verdict === undefined))
      setSaid(`The decision on pair ${number} is not saved.`)
    })
  }
  return (
    <div className={classes.disputes}>
      <List pairs={pairs} current={pair} onChoose={setChosen} />
      <section className={kit.card} aria-label={`Pair ${pair.number}`}>
        <Decide
          pair={pair}
          question={log.study.question}
          first={first}
          second={second}
          onDecide={decide}
        />
        <AnswerList answers={pair.answers} />
      </section>
      <Announcer label="Announcements">{said}</Announcer>
    </div>
  )
}

function changed(numbers: ReadonlySet<number>, number: number, isIn: boolean): ReadonlySet<number> {
  const others = [...numbers].filter((each) => each !== number)
  return new Set(isIn ? [...others, number] : others)
}

/** Returns the next pair without a decision; the same pair where there is none. */
function nextOpen(
  pairs: readonly PairOverview[],
  pair: PairOverview,
  decided: ReadonlySet<number>,
): PairOverview {
  const place = pairs.findIndex(({ number }) => number === pair.number)
  const others = [...pairs.slice(place + 1), ...pairs.slice(0, Math.max(0, place))]
  return (
    others.find(({ number, decision }) => decision === undefined && !decided.has(number)) ?? pair
  )
}

interface ListProps {
  readonly pairs: readonly PairOverview[]
  readonly current: PairOverview
  onChoose(number: number): void
}

function List({ pairs, current, onChoose }: ListProps) {
  const open = pairs.filter(({ decision }) => decision === undefined).length
  return (
    <nav className={kit.card} aria-label="Disputed pairs">
      <p className={kit.label}>
        {countOf(open, 'pair')} to decide
        {open < pairs.length ? (
          <span className={kit.faint}>, {pairs.length - open} decided</span>
        ) : null}
      </p>
      <ul className={classes.list}>
        {pairs.map((pair) => (
          <li key={pair.number}>
            <button
              type="button"
              className={classes.item}
              aria-current={pair.number === current.number ? 'true' : undefined}
              onClick={() => onChoose(pair.number)}
            >
              <span>Pair {pair.number}</span>
              <span className={kit.faint}>
                {pair.decision?.verdict ? decisionWords(pair.decision.verdict) : votes(pair)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Counts the answers, as in `2 left, 1 right`. */
function votes({ answers }: PairOverview): string {
  const count = (verdict: string) => answers.filter(({ label }) => label.verdict === verdict).length
  return [
    [count('first'), 'left'],
    [count('second'), 'right'],
    [count('tie'), 'tie'],
    [count('cannot tell'), 'can’t tell'],
  ]
    .filter(([number]) => number !== 0)
    .map(([number, name]) => `${number} ${name}`)
    .join(', ')
}
