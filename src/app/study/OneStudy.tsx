import { Button } from '@mantine/core'
import { type ComponentType, type ReactNode, useEffect, useRef } from 'react'
import type { StudyEntry } from '../../storage/index.ts'
import { disputedPairs, isPrepared } from '../../study/index.ts'
import { type StudyView, studyAddress, useStudySettings } from '../stores/study-settings.ts'
import { whole } from '../ui/format.ts'
import { DownloadIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { useCollector } from './collector.ts'
import { DisputesView } from './disputes/DisputesView.tsx'
import { useGathered, useGatheredMessages } from './gathered.ts'
import { InviteView } from './invite/InviteView.tsx'
import { ProgressView } from './progress/ProgressView.tsx'
import { ResultsView } from './results/ResultsView.tsx'
import classes from './Study.module.css'
import { useStudies } from './store.ts'
import { downloadStudy } from './studies.ts'
import { WriteView } from './write/WriteView.tsx'

interface ViewDefinition {
  readonly title: string
  readonly Body: ComponentType<{ readonly entry: StudyEntry }>
  /** Whether the view needs the study's pairs. */
  readonly needsPairs: boolean
}

const VIEWS: Readonly<Record<StudyView, ViewDefinition>> = {
  write: { title: 'Write', Body: WriteView, needsPairs: false },
  invite: { title: 'Invite', Body: InviteView, needsPairs: true },
  progress: { title: 'Progress', Body: ProgressView, needsPairs: true },
  disputes: { title: 'Disputes', Body: DisputesView, needsPairs: true },
  results: { title: 'Results', Body: ResultsView, needsPairs: true },
}
const NAMES = Object.keys(VIEWS) as StudyView[] // the keys of the record are the views

interface OneStudyProps {
  readonly id: string
  /** Notices about the page. */
  readonly notes: ReactNode
}

/** One study with its views. */
export function OneStudy({ id, notes }: OneStudyProps) {
  const entries = useStudies((state) => state.entries)
  const unread = useStudies((state) => state.unread)
  const entry = entries?.find((each) => each.id === id)
  if (entry) return <Opened key={id} entry={entry} notes={notes} />
  return (
    <>
      <Headline title={entries === undefined ? 'Reading the study…' : 'Study not found'} />
      {notes}
      {unread ? <Notice role="alert">The study could not be read: {unread}</Notice> : null}
      {entries === undefined ? null : (
        <Notice role="alert">
          The study of this address is not in this browser: open its file, or the researcher’s link.
        </Notice>
      )}
    </>
  )
}

function Headline({ title }: { readonly title: string }) {
  return (
    <header className={classes.headline}>
      <a className={classes.back} href={studyAddress()}>
        ‹ All studies
      </a>
      <h1 className={kit.title} id="study-title" tabIndex={-1}>
        {title}
      </h1>
    </header>
  )
}

interface OpenedProps {
  readonly entry: StudyEntry
  readonly notes: ReactNode
}

function Opened({ entry, notes }: OpenedProps) {
  const { view } = useStudySettings()
  useGatheredMessages(entry)
  useCollector(entry)
  useFocusOnView(view)
  useWindowTitle(view, entry.study.title)
  const { Body, needsPairs, title } = VIEWS[view]
  const { study } = entry
  return (
    <>
      <Headline title={study.title} />
      <Bar entry={entry} current={view} />
      {notes}
      <section aria-label={title} id="study-view" tabIndex={-1} className={kit.stack}>
        {needsPairs && !isPrepared(study) ? <Unprepared id={entry.id} /> : <Body entry={entry} />}
      </section>
    </>
  )
}

/** Moves the focus to the title of a study that opens, and then to each view, for screen readers. */
function useFocusOnView(view: StudyView): void {
  const shown = useRef<StudyView>(undefined)
  useEffect(() => {
    const target = document.getElementById(
      shown.current === undefined ? 'study-title' : 'study-view',
    )
    const moved = shown.current !== view
    shown.current = view
    if (!moved) return
    // A view that is taller than the window must not begin scrolled.
    document.documentElement.scrollTop = 0
    // A view may have moved the focus to a place of its own.
    const within = document.getElementById('study-view')?.contains(document.activeElement)
    if (!within) target?.focus({ preventScroll: true })
  }, [view])
}

/** Names the view and the study in the title of the window. */
function useWindowTitle(view: StudyView, study: string): void {
  useEffect(() => {
    const before = document.title
    const title = `${VIEWS[view].title} · ${study} · Jumppad`
    document.title = title
    return () => {
      if (document.title === title) document.title = before
    }
  }, [view, study])
}

interface BarProps {
  readonly entry: StudyEntry
  readonly current: StudyView
}

/** Links to the views, and actions on the whole study. */
function Bar({ entry, current }: BarProps) {
  const overview = useGathered((state) => (state.study === entry.id ? state.overview : undefined))
  const open = overview
    ? disputedPairs(overview.pairs).filter(({ decision }) => decision === undefined).length
    : 0
  return (
    <div className={classes.bar}>
      <nav className={classes.views} aria-label="Views of the study">
        {NAMES.map((name) => (
          <a
            key={name}
            className={classes.view}
            href={studyAddress(entry.id, name)}
            aria-current={name === current ? 'page' : undefined}
          >
            {VIEWS[name].title}
            {name === 'disputes' && open > 0 ? (
              <span className={classes.count}>{whole(open)}</span>
            ) : null}
          </a>
        ))}
      </nav>
      <div className={classes.tools}>
        {isPrepared(entry.study) ? (
          <Button component="a" size="xs" variant="default" href={`#/label?try=${entry.id}`}>
            Try it as a labeller
          </Button>
        ) : null}
        <Button
          size="xs"
          variant="default"
          leftSection={<DownloadIcon size={15} />}
          onClick={() => downloadStudy(entry.study)}
        >
          Download
        </Button>
      </div>
    </div>
  )
}

function Unprepared({ id }: { readonly id: string }) {
  return (
    <Notice
      action={
        <Button component="a" size="xs" href={studyAddress(id, 'write')}>
          Go to Write
        </Button>
      }
    >
      This study has no pairs yet. Prepare it first: its agents then play the clips, and the pairs
      are drawn.
    </Notice>
  )
}
