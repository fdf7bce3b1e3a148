import { Button } from '@mantine/core'
import type { StudyEntry } from '../../storage/index.ts'
import { isPrepared, studySize } from '../../study/index.ts'
import { unreadableSentence } from '../sentences.ts'
import { studyAddress } from '../stores/study-settings.ts'
import { ConfirmButton } from '../ui/ConfirmButton.tsx'
import { countOf, dateWords } from '../ui/format.ts'
import { DownloadIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import classes from './Study.module.css'
import { useStudies } from './store.ts'
import { downloadStudy, loadStudies, removeStudy } from './studies.ts'

/** Studies of this browser, the one changed last first. */
export function StudyList() {
  const entries = useStudies((state) => state.entries)
  const damaged = useStudies((state) => state.damaged)
  const newer = useStudies((state) => state.newer)
  const unread = useStudies((state) => state.unread)
  if (unread !== undefined) {
    return (
      <Notice
        tone="problem"
        role="alert"
        action={
          <Button size="xs" onClick={() => void loadStudies()}>
            Try again
          </Button>
        }
      >
        The studies in this browser could not be read: {unread}
      </Notice>
    )
  }
  if (entries === undefined) return <p className={kit.sentence}>Reading the studies…</p>
  return (
    <>
      {newer > 0 ? <Notice>{unreadableSentence(newer, 'record')}</Notice> : null}
      {damaged > 0 ? (
        <Notice tone="problem">
          {countOf(damaged, 'study', 'studies')} in this browser {damaged === 1 ? 'is' : 'are'}{' '}
          damaged and {damaged === 1 ? 'was' : 'were'} left unchanged: import{' '}
          {damaged === 1 ? 'its study file' : 'their study files'} to replace{' '}
          {damaged === 1 ? 'it' : 'them'}.
        </Notice>
      ) : null}
      {entries.length + newer + damaged === 0 ? (
        <p className={`${kit.sentence} ${classes.empty}`}>
          There is no study in this browser yet. Begin one, open a study file, or open the
          researcher’s link that “npm run lab -- study serve” prints.
        </p>
      ) : (
        <ul className={classes.list} tabIndex={-1} aria-label="Studies">
          {entries.map((entry) => (
            <Item key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </>
  )
}

function Item({ entry }: { readonly entry: StudyEntry }) {
  const { study } = entry
  const { title, question, design } = study
  const view = isPrepared(study) ? 'progress' : 'write'
  return (
    <li className={kit.card}>
      <div className={classes.itemHead}>
        <h2 className={kit.cardTitle}>
          <a className={classes.title} href={studyAddress(entry.id, view)}>
            {title}
          </a>
        </h2>
        <span className={classes.state}>{stateOf(entry)}</span>
      </div>
      <p className={kit.sentence}>{question}</p>
      <div className={kit.head}>
        <p className={kit.small}>
          {countOf(design.labellers, 'labeller')}, {countOf(studySize(study).pairs, 'pair')},
          overlap {design.overlap}. Changed {dateWords(entry.changedAt)}.
        </p>
        <div className={kit.row}>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<DownloadIcon size={14} />}
            aria-label={`Download “${title}”`}
            onClick={() => downloadStudy(study)}
          >
            Download
          </Button>
          <ConfirmButton
            size="compact-sm"
            first={{ words: 'Delete', name: `Delete “${title}”` }}
            then={{
              words: 'Delete with all answers',
              name: `Delete “${title}” and all answers gathered for it in this browser`,
            }}
            onConfirm={() => void removeStudy(entry)}
          />
        </div>
      </div>
    </li>
  )
}

function stateOf({ study, access }: StudyEntry): string {
  if (access) return 'with a collector'
  return isPrepared(study) ? 'prepared' : 'draft'
}
