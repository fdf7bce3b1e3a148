import { Button, Group, Kbd } from '@mantine/core'
import { type RefObject, useCallback, useEffect, useRef } from 'react'
import { sessionOf } from '../../../lab/study/sitting.ts'
import type { Sitting } from '../../../storage/index.ts'
import kit from '../../ui/kit.module.css'
import { Notice as Message } from '../../ui/Notice.tsx'
import { AnswerButtons } from '../AnswerButtons.tsx'
import { BarButtons } from '../BarButtons.tsx'
import { DeskFrame } from '../DeskFrame.tsx'
import { DeskProgress } from '../DeskProgress.tsx'
import { Notice } from '../Notice.tsx'
import { keepFocus } from '../PlaybackBar.tsx'
import { APP_VERSION } from '../session.ts'
import { InstructionsCard } from './InstructionsCard.tsx'
import classes from './Participation.module.css'
import { type Participation, studyOf } from './participation.ts'
import { PracticeDesk } from './practice-desk.ts'
import { Reasons } from './Reasons.tsx'
import { useParticipation } from './store.ts'
import { TrialNotice } from './TrialNotice.tsx'
import { useStudyDesk } from './use-study-desk.ts'
import { Withdraw } from './Withdraw.tsx'

interface PracticeProps {
  readonly sitting: Sitting
  readonly participation: Participation
}

/** Renders the practice: the desk, with feedback in place of the answers once one was given. */
export function Practice({ sitting, participation }: PracticeProps) {
  const desk = usePracticeDesk(participation)
  const deskRef = useRef<HTMLElement>(null)
  const feedback = useParticipation((state) => state.feedback)
  const repeated = useParticipation((state) => state.repeated)
  useEffect(() => {
    deskRef.current?.focus({ preventScroll: true })
  }, [])
  return (
    <DeskFrame
      title="Practice"
      desk={desk}
      deskRef={deskRef}
      waiting={null}
      bar={(onShowKeys) => (
        <Group gap={8} wrap="nowrap">
          <DeskProgress what="Practice pair" />
          <BarButtons onShowKeys={onShowKeys} />
        </Group>
      )}
      below={
        feedback ? (
          <Feedback desk={desk} deskRef={deskRef} />
        ) : (
          <>
            {repeated === undefined ? (
              <Notice desk={desk} />
            ) : (
              <Repeated participation={participation} />
            )}
            <div className={classes.below}>
              <Reasons />
              <AnswerButtons desk={desk} />
            </div>
          </>
        )
      }
      aside={
        <>
          <TrialNotice />
          <About participation={participation} />
          <InstructionsCard sitting={sitting} />
        </>
      }
    />
  )
}

/** Number of failed rounds of practice after which other ways than one more round are offered. */
const PATIENCE = 3

/** Renders why the practice is repeated and, after some rounds, what else the labeller can do. */
function Repeated({ participation }: Pick<PracticeProps, 'participation'>) {
  const repeated = useParticipation((state) => state.repeated)
  const offersMore = useParticipation((state) => state.failedRounds >= PATIENCE)
  if (!offersMore) return <Message tone="warning">{repeated}</Message>
  return (
    <Message tone="warning">
      {repeated} These pairs are hard for many people. You can read the instructions once more, or
      stop here: nothing was sent.
      <span className={classes.ways}>
        <Button size="xs" variant="default" onClick={() => participation.reviewInstructions()}>
          Review the instructions
        </Button>
        <Withdraw participation={participation} asStop />
      </span>
    </Message>
  )
}

function About({ participation }: Pick<PracticeProps, 'participation'>) {
  return (
    <section className={kit.card} aria-labelledby="practice-title">
      <h2 className={kit.asideTitle} id="practice-title">
        Practice
      </h2>
      <p className={kit.small}>
        These pairs have known answers, and you’ll see whether yours matched. They don’t count.
      </p>
      <div className={classes.actions}>
        <Withdraw participation={participation} />
      </div>
    </section>
  )
}

function usePracticeDesk(participation: Participation): PracticeDesk | undefined {
  const create = useCallback(
    (still: boolean) => {
      const { sitting } = useParticipation.getState()
      if (!sitting) return undefined
      return new PracticeDesk({
        ...{ study: studyOf(sitting), slot: sitting.invitation.slot, still },
        session: sessionOf(sitting, sitting.openedAt, APP_VERSION),
        onAnswer: (right) => participation.practise(right),
        onPassed: () => participation.passPractice(),
      })
    },
    [participation],
  )
  return useStudyDesk(create)
}

interface FeedbackProps {
  readonly desk: PracticeDesk | undefined
  readonly deskRef: RefObject<HTMLElement | null>
}

/** Renders the feedback on an answer. Its button has the focus, which then returns to the desk. */
function Feedback({ desk, deskRef }: FeedbackProps) {
  const feedback = useParticipation((state) => state.feedback)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const to = deskRef.current
    button.current?.focus({ preventScroll: true })
    return () => to?.focus({ preventScroll: true })
  }, [deskRef])
  if (!feedback) return null
  return (
    <section
      className={`${kit.surface} ${classes.feedback}`}
      data-right={feedback.right || undefined}
      aria-label="Feedback"
    >
      <p>{feedback.sentence}</p>
      <Button
        ref={button}
        size="md"
        rightSection={
          <Kbd className={kit.keys ?? ''} aria-hidden="true">
            Enter
          </Kbd>
        }
        onMouseDown={keepFocus}
        onClick={() => desk?.begin()}
      >
        Continue
      </Button>
    </section>
  )
}
