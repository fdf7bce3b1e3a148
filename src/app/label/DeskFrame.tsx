import { VisuallyHidden } from '@mantine/core'
import { type ReactNode, type RefObject, useCallback, useState } from 'react'
import { Announcer } from '../ui/Announcer.tsx'
import { ClipStage } from './ClipStage.tsx'
import type { DeskControls } from './desk-controls.ts'
import { KeysDialog } from './KeysDialog.tsx'
import classes from './Label.module.css'
import { PlaybackBar } from './PlaybackBar.tsx'
import { Question } from './Question.tsx'
import { useDesk } from './store.ts'
import { useDeskKeys } from './use-desk-keys.ts'
import { useView } from './view.ts'

interface DeskFrameProps {
  readonly title: string
  readonly desk: DeskControls | undefined
  /** Part that has the clips and the answers, and takes the focus. */
  readonly deskRef: RefObject<HTMLElement | null>
  /** Rendered instead of clips while there are none. */
  readonly waiting: ReactNode
  /** Rendered above the question. */
  readonly bar: (onShowKeys: () => void) => ReactNode
  /** Two rows below the clips: a note, and the answers. */
  readonly below: ReactNode
  /** Panel beside the clips. */
  readonly aside: ReactNode
}

/** Layout of a labelling desk: two clips, one question and its answers, all usable without the mouse. */
export function DeskFrame(props: DeskFrameProps) {
  const { title, desk, deskRef, waiting, bar, below, aside } = props
  const [keysShown, setKeysShown] = useState(false)
  const showKeys = useCallback(() => setKeysShown(true), [])
  useDeskKeys(desk, showKeys)
  const panel = useView((view) => view.panel)
  const begun = useDesk((state) => state.begun)
  const announcement = useDesk((state) => state.announcement)
  return (
    <div className={classes.page} data-panel={panel || undefined} data-begun={begun || undefined}>
      <VisuallyHidden component="h1">{title}</VisuallyHidden>
      <section className={classes.desk} ref={deskRef} tabIndex={-1} aria-label="Labelling desk">
        {bar(showKeys)}
        <Question />
        <ClipStage desk={desk} waiting={waiting} />
        <PlaybackBar desk={desk} />
        {below}
      </section>
      <aside
        className={classes.aside}
        id="label-panel"
        tabIndex={-1}
        hidden={!panel}
        aria-label="About this session"
      >
        {aside}
      </aside>
      <KeysDialog opened={keysShown} onClose={() => setKeysShown(false)} />
      <Announcer label="Current pair">{announcement}</Announcer>
    </div>
  )
}
