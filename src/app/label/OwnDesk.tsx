import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useRef, useState } from 'react'
import { labDatabase } from '../data/database.ts'
import { useAskedSession } from '../stores/label-link.ts'
import { useRoute } from '../stores/route.ts'
import { AnswerButtons } from './AnswerButtons.tsx'
import { DeskFrame } from './DeskFrame.tsx'
import { Desk } from './desk.ts'
import { Notice } from './Notice.tsx'
import { Panel } from './Panel.tsx'
import { SetUp } from './SetUp.tsx'
import { useDesk } from './store.ts'
import { TopBar } from './TopBar.tsx'
import { UnfinishedStudy } from './UnfinishedStudy.tsx'
import { Waiting } from './Waiting.tsx'

/** Renders the desk of a labeller who takes part in no study. */
export function OwnDesk() {
  const desk = useDeskOf()
  useAddress(desk)
  const deskRef = useFocusOnBeginning()
  const begun = useDesk((state) => state.begun)
  const elsewhere = useDesk((state) => state.phase === 'elsewhere')
  return (
    <DeskFrame
      title="Label pairs of clips"
      desk={desk}
      deskRef={deskRef}
      waiting={<Waiting desk={desk} />}
      bar={(onShowKeys) => <TopBar desk={desk} onShowKeys={onShowKeys} />}
      below={
        <>
          <Notice desk={desk} />
          <AnswerButtons desk={desk} />
        </>
      }
      aside={
        elsewhere ? null : (
          <>
            <UnfinishedStudy />
            {begun ? <Panel desk={desk} deskRef={deskRef} /> : <SetUp desk={desk} />}
          </>
        )
      }
    />
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

/** Has the desk follow the address, where that does not request a session, and with it another desk. */
function useAddress(desk: Desk | undefined): void {
  const address = useRoute((route) => route.params.toString())
  useEffect(() => desk?.follow(new URLSearchParams(address)), [desk, address])
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
