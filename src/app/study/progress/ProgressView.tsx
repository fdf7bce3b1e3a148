import { useMemo } from 'react'
import type { StudyEntry } from '../../../storage/index.ts'
import { type StudyLog, type StudyOverview, studySize } from '../../../study/index.ts'
import { countOf, whole } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { Notice } from '../../ui/Notice.tsx'
import { Values } from '../../ui/Values.tsx'
import { useGathered } from '../gathered.ts'
import { StudyFilesButton } from '../StudyFilesButton.tsx'
import { Agreement } from './Agreement.tsx'
import { ConnectionState } from './ConnectionState.tsx'
import { LabellerTable } from './LabellerTable.tsx'
import { PairStates } from './PairStates.tsx'
import { PairTable } from './PairTable.tsx'
import classes from './Progress.module.css'
import { Rules } from './Rules.tsx'

/** What has arrived so far: by labeller, by pair, and how far the answers agree. */
export function ProgressView({ entry }: { readonly entry: StudyEntry }) {
  const log = useGathered((state) => state.log)
  const overview = useGathered((state) => state.overview)
  if (!log || !overview) return <p className={kit.sentence}>Reading the answers…</p>
  return (
    <>
      <Arrival entry={entry} log={log} />
      {log.sittings.length === 0 ? (
        <p className={`${kit.sentence} ${classes.empty}`}>
          No answers yet. They are shown here as soon as they arrive.
        </p>
      ) : (
        <>
          <Overall log={log} overview={overview} />
          <LabellerTable entry={entry} log={log} rows={overview.rows} />
          <Rules entry={entry} log={log} />
          <PairTable entry={entry} overview={overview} />
        </>
      )}
    </>
  )
}

interface ArrivalProps {
  readonly entry: StudyEntry
  readonly log: StudyLog
}

/** How answers arrive, and what of them was refused. */
function Arrival({ entry, log }: ArrivalProps) {
  return (
    <>
      {entry.access ? (
        <ConnectionState />
      ) : (
        <div className={kit.row}>
          <StudyFilesButton answers size="xs">
            Add answer files
          </StudyFilesButton>
          <p className={kit.sentence}>Or drop them anywhere on this page, any number at once.</p>
        </div>
      )}
      <Refused log={log} />
    </>
  )
}

function Refused({ log }: { readonly log: StudyLog }) {
  const unreadable = useGathered((state) => state.unreadable)
  const reasons = [...log.refused]
  const total = reasons.reduce((sum, [, count]) => sum + count, 0)
  if (total + unreadable === 0) return null
  return (
    <Notice tone="warning" role="note">
      {total > 0
        ? reasons.map(([reason, count]) => `${refusedWords(reason, count)} `).join('')
        : ''}
      {unreadable > 0
        ? `${countOf(unreadable, 'message')} cannot be read by this release: reload the page to get the newest.`
        : ''}
    </Notice>
  )
}

/** Returns why messages of a kind are not counted, as a sentence that says what to do where something can be. */
function refusedWords(reason: string, count: number): string {
  const are = `${countOf(count, 'message')} ${count === 1 ? 'is' : 'are'} not counted`
  return reason === 'of a session whose beginning is missing'
    ? `${are} because the start of ${count === 1 ? 'its' : 'their'} session is missing; ask that labeller for a complete file.`
    : `${are}: ${count === 1 ? 'it is' : 'they are'} ${reason}.`
}

interface OverallProps {
  readonly log: StudyLog
  readonly overview: StudyOverview
}

function Overall({ log, overview }: OverallProps) {
  const { labels } = useMemo(() => studySize(log.study), [log.study])
  const { rows, pairs } = overview
  const settled = pairs.filter(({ state }) => state === 'done' || state === 'decided').length
  const present = rows.filter(({ sitting, leftOut }) => sitting && !leftOut)
  return (
    <div className={classes.overall}>
      <section className={kit.card} aria-label="Overall progress">
        <Values
          values={[
            { name: 'labels that count', value: `${whole(overview.labels)} of ${whole(labels)}` },
            { name: 'pairs settled', value: `${whole(settled)} of ${whole(pairs.length)}` },
            {
              name: 'labellers finished',
              value: `${present.filter(({ state }) => state === 'finished').length} of ${log.study.design.labellers}`,
            },
          ]}
        />
        <PairStates pairs={pairs} />
      </section>
      <Agreement log={log} />
    </div>
  )
}
