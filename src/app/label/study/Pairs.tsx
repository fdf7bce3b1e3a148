import { Group, Loader } from '@mantine/core'
import { useCallback, useEffect, useRef } from 'react'
import type { Sitting } from '../../../storage/index.ts'
import kit from '../../ui/kit.module.css'
import { AnswerButtons } from '../AnswerButtons.tsx'
import { BarButtons } from '../BarButtons.tsx'
import stage from '../ClipStage.module.css'
import { DeskFrame } from '../DeskFrame.tsx'
import { DeskProgress } from '../DeskProgress.tsx'
import { History } from '../History.tsx'
import { Notice } from '../Notice.tsx'
import { AnswersCard } from './AnswersCard.tsx'
import { BreakDialog } from './BreakDialog.tsx'
import { Counts } from './Counts.tsx'
import { InstructionsCard } from './InstructionsCard.tsx'
import classes from './Participation.module.css'
import { PairsDesk } from './pairs-desk.ts'
import { type Participation, studyOf } from './participation.ts'
import { Reasons } from './Reasons.tsx'
import { useParticipation } from './store.ts'
import { TrialNotice } from './TrialNotice.tsx'
import { useStudyDesk } from './use-study-desk.ts'

interface PairsProps {
  readonly sitting: Sitting
  readonly participation: Participation
}

/** Renders the desk with the pairs that the study assigns. */
export function Pairs({ sitting, participation }: PairsProps) {
  const desk = usePairsDesk(participation)
  const deskRef = useRef<HTMLElement>(null)
  const isTrial = useParticipation((state) => state.isTrial)
  useEffect(() => {
    deskRef.current?.focus({ preventScroll: true })
  }, [])
  return (
    <>
      <DeskFrame
        title={sitting.study.title}
        desk={desk}
        deskRef={deskRef}
        waiting={<Ending />}
        bar={(onShowKeys) => (
          <div className={classes.bar}>
            <DeskProgress />
            {isTrial ? null : <Counts />}
            <Group gap={8} wrap="nowrap">
              <BarButtons onShowKeys={onShowKeys} />
            </Group>
          </div>
        )}
        below={
          <>
            <Notice desk={desk} />
            <div className={classes.below}>
              <Reasons />
              <AnswerButtons desk={desk} />
            </div>
          </>
        }
        aside={
          <>
            <TrialNotice />
            <AnswersCard participation={participation} />
            {desk ? <History desk={desk} deskRef={deskRef} /> : null}
            <InstructionsCard sitting={sitting} />
          </>
        }
      />
      <BreakDialog desk={desk} />
    </>
  )
}

function usePairsDesk(participation: Participation): PairsDesk | undefined {
  const create = useCallback(
    (still: boolean) => {
      const { sitting } = useParticipation.getState()
      const { session, storage } = participation
      if (!sitting || !session || !storage) return undefined
      const { slot } = sitting.invitation
      return new PairsDesk({
        ...{ study: studyOf(sitting), slot, session, storage, still },
        onEnd: (why) => void participation.end(why),
      })
    },
    [participation],
  )
  return useStudyDesk(create)
}

/** Rendered in place of the clips once all pairs are answered. */
function Ending() {
  return (
    <p className={`${kit.surface} ${stage.waiting}`}>
      <Loader size="xs" />
      Saving your last answers…
    </p>
  )
}
