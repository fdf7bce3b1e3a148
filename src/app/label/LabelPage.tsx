import { VisuallyHidden } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { useCallback, useEffect, useRef, useState } from 'react'
import { labDatabase } from '../data/database.ts'
import { useAskedSession } from '../stores/label-link.ts'
import { Announcer } from '../ui/Announcer.tsx'
import { AnswerButtons } from './AnswerButtons.tsx'
import { ClipStage } from './ClipStage.tsx'
import { Desk } from './desk.ts'
import { KeysDialog } from './KeysDialog.tsx'
import classes from './Label.module.css'
import { Notice } from './Notice.tsx'
import { Panel } from './Panel.tsx'
import { PlaybackBar } from './PlaybackBar.tsx'
import { Question } from './Question.tsx'
import { SetUp } from './SetUp.tsx'
import { useDesk } from './store.ts'
import { TopBar } from './TopBar.tsx'
import { useDeskKeys } from './use-desk-keys.ts'
import { useView } from './view.ts'
import { Waiting } from './Waiting.tsx'

/** Renders the Label page: two clips, one question and four answers, all usable without the mouse. */
export default function LabelPage() {
  const desk = useDeskOf()
  const [keysShown, setKeysShown] = useState(false)
  const showKeys = useCallback(() => setKeysShown(true), [])
  useDeskKeys(desk, showKeys)
  const deskRef = useFocusOnBeginning()
  const panel = useView((view) => view.panel)
  const begun = useDesk((state) => state.begun)
  const announcement = useDesk((state) => state.announcement)
  const elsewhere = useDesk((state) => state.phase === 'elsewhere')
  return (
    <div className={classes.page} data-panel={panel || undefined} data-begun={begun || undefined}>
      <VisuallyHidden component="h1">Label pairs of clips</VisuallyHidden>
      <section className={classes.desk} ref={deskRef} tabIndex={-1} aria-label="Labelling desk">
        <TopBar desk={desk} onShowKeys={showKeys} />
        <Question />
        <ClipStage desk={desk} waiting={<Waiting desk={desk} />} />
        <PlaybackBar desk={desk} />
        <Notice desk={desk} />
        <AnswerButtons desk={desk} />
      </section>
      <aside
        className={classes.aside}
        id="label-panel"
        hidden={!panel}
        aria-label="About this session"
      >
        {elsewhere ? null : begun ? <Panel desk={desk} deskRef={deskRef} /> : <SetUp desk={desk} />}
      </aside>
      <KeysDialog opened={keysShown} onClose={() => setKeysShown(false)} />
      <Announcer label="Current pair">{announcement}</Announcer>
    </div>
  )
}

/** Creates the page's desk. With reduced motion, clips stand still with their paths drawn. */
function useDeskOf(): Desk | undefined {
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const asked = useAskedSession()
  const [desk, setDesk] = useState<Desk>()
  useEffect(() => {
    let created: Desk | undefined
    let left = false
    void labDatabase().then((database) => {
      if (left) return
      created = new Desk(database, { still, asked })
      setDesk(created)
    })
    return () => {
      left = true
      void created?.dispose()
    }
  }, [still, asked])
  return desk
}

/** Moves the focus to the desk when a session starts, as the form that had it disappears. */
function useFocusOnBeginning() {
  const deskRef = useRef<HTMLElement>(null)
  const begun = useDesk((state) => state.begun)
  useEffect(() => {
    if (begun) deskRef.current?.focus({ preventScroll: true })
  }, [begun])
  return deskRef
}
