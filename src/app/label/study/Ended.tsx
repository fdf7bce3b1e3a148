import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import type { ReactNode } from 'react'
import type { SendingState } from '../../../lab/study/sender.ts'
import { returnAddress } from '../../../lab/study/sitting.ts'
import type { Sitting } from '../../../storage/index.ts'
import { studyAddress } from '../../stores/study-settings.ts'
import { countOf, dateWords } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { useDesk } from '../store.ts'
import { Counts } from './Counts.tsx'
import { HandedIn, HandIn } from './HandIn.tsx'
import classes from './Participation.module.css'
import type { Participation } from './participation.ts'
import { SendAgain } from './SendAgain.tsx'
import { SendingNotice } from './SendingNotice.tsx'
import { StepPage } from './StepPage.tsx'
import { useParticipation } from './store.ts'
import { Withdraw } from './Withdraw.tsx'

interface EndedProps {
  readonly sitting: Sitting
  readonly participation: Participation
}

/** Thanks a labeller whose session has ended. */
export function Finished({ sitting, participation }: EndedProps) {
  const isTrial = useParticipation((state) => state.isTrial)
  const isSent = useParticipation(({ sending }) => isTrial || isAllSent(sending, 'finished'))
  const delivery = isTrial ? null : <Delivery participation={participation} end="finished" />
  const missed = sitting.why === 'golden pairs missed'
  return (
    <StepPage title={missed ? 'Thank you for your time' : 'Thank you'}>
      <div className={classes.text}>
        <p>
          {missed
            ? 'The session ends here. Some pairs of this study have a known answer, by which the researcher checks that everybody understands the question in the same way, and too many of your answers to them differed from it. What you answered is kept.'
            : `You have answered all pairs of “${sitting.study.title}”.`}
        </p>
      </div>
      {isSent ? null : delivery}
      <Completion sitting={sitting} isMain={isSent} />
      {isSent ? delivery : null}
      <Further sitting={sitting}>
        {isTrial ? null : <Withdraw participation={participation} />}
      </Further>
    </StepPage>
  )
}

/** Tells a labeller who has withdrawn what that means. */
export function Withdrawn({ sitting, participation }: EndedProps) {
  const sending = useParticipation((state) => state.sending)
  const isTrial = useParticipation((state) => state.isTrial)
  const begun = sitting.begunAt !== undefined && !isTrial
  const isSent = isAllSent(sending, 'withdrawn')
  return (
    <StepPage title="You have withdrawn">
      <div className={classes.text}>
        <p>
          {begun
            ? 'No more answers will be sent. Answers the researcher already received will not be used; ask the researcher if you want them deleted.'
            : 'Nothing was sent.'}
        </p>
        {begun && sending ? <p role="status">{withdrawalWords(sending)}</p> : null}
      </div>
      {begun ? (
        <>
          <SendingNotice participation={participation} />
          {isSent ? null : (
            <section className={`${kit.card} ${classes.text}`} aria-labelledby="withdrawal-title">
              <h2 className={kit.cardTitle} id="withdrawal-title">
                Send to the researcher
              </h2>
              {sending ? null : (
                <p>
                  If you have sent the researcher a file before, save your withdrawal and send it,
                  too.
                </p>
              )}
              <div className={classes.buttons}>
                <HandIn participation={participation} words="Save withdrawal file" />
              </div>
              <HandedIn />
            </section>
          )}
        </>
      ) : null}
      <Further sitting={sitting} />
    </StepPage>
  )
}

/** Returns whether nothing is left to send; `end` is the end that the collector has to have, if any. */
function isAllSent(sending: SendingState | undefined, end: SendingState['ended']): boolean {
  return sending?.waiting === 0 && (end === undefined || sending.ended === end)
}

function withdrawalWords(sending: SendingState): string {
  if (isAllSent(sending, 'withdrawn')) {
    return 'The researcher’s collector has received your withdrawal.'
  }
  return sending.waiting === undefined && !sending.problem
    ? 'Checking what has been sent…'
    : 'Your withdrawal has not been sent yet: keep this page open, or open the link again later.'
}

/** Tells a labeller that the study closed before the session was finished. */
export function Closed({ sitting, participation }: EndedProps) {
  const openness = useParticipation((state) => state.openness)
  const begun = sitting.begunAt !== undefined
  return (
    <StepPage title="The study has closed">
      <div className={classes.text}>
        <p>
          It closed on {openness.is === 'open' ? '' : dateWords(openness.date)}, so no new answers
          are collected.
          {begun ? ' You can still send what you answered before.' : ''}
        </p>
      </div>
      {begun ? <Delivery participation={participation} end={undefined} /> : null}
      <Further sitting={sitting}>
        {begun ? <Withdraw participation={participation} /> : null}
      </Further>
    </StepPage>
  )
}

interface DeliveryProps extends Pick<EndedProps, 'participation'> {
  /** End that the collector has to have before everything is sent. */
  readonly end: SendingState['ended']
}

/** Renders what is saved and what is sent, and how to send the rest. */
function Delivery({ participation, end }: DeliveryProps) {
  const sending = useParticipation((state) => state.sending)
  const saved = useDesk((state) => state.saved)
  const isSent = isAllSent(sending, end)
  return (
    <section
      className={`${kit.card} ${classes.text}`}
      tabIndex={-1}
      aria-labelledby="delivery-title"
    >
      <h2 className={kit.cardTitle} id="delivery-title">
        {isSent ? 'Your answers' : 'Send to the researcher'}
      </h2>
      <Counts />
      <p>
        {isSent ? 'Everything is sent. You can close this page.' : deliveryWords(sending, saved)}
      </p>
      <SendingNotice participation={participation} />
      <div className={classes.buttons}>
        {isSent ? (
          <HandIn participation={participation} words="Save a copy" size="sm" />
        ) : (
          <HandIn participation={participation} />
        )}
        <SendAgain participation={participation} />
      </div>
      <HandedIn />
    </section>
  )
}

function deliveryWords(sending: SendingState | undefined, saved: number | undefined): string {
  if (saved === undefined) return 'Counting your answers…'
  if (!sending) {
    return `Your ${countOf(saved, 'answer')} ${saved === 1 ? 'is' : 'are'} saved in this browser only. Save ${saved === 1 ? 'it' : 'them'} as a file, then send the file to the researcher, for example by email.`
  }
  if (sending.problem?.kind === 'refused') return 'Your answers are saved in this browser.'
  if (sending.waiting === undefined && !sending.problem) return 'Checking what has been sent…'
  const unsent = saved - sending.sent
  const what =
    unsent > 0
      ? `${countOf(unsent, 'answer')} ${unsent === 1 ? 'has' : 'have'} not been sent yet.`
      : 'The end of your session has not been sent yet.'
  return `${what} Keep this page open until everything is sent, or open the link again later. You can also save everything as a file and send it yourself.`
}

interface CompletionProps extends Pick<EndedProps, 'sitting'> {
  /** Whether nothing is left to do before. */
  readonly isMain: boolean
}

/** Renders the completion code and the way back to the recruiting site. */
function Completion({ sitting, isMain }: CompletionProps) {
  const { code, returnTo } = sitting.study.completion
  const clipboard = useClipboard({ timeout: 2000 })
  if (code === undefined && returnTo === undefined) return null
  return (
    <section className={`${kit.card} ${classes.text}`} aria-labelledby="completion-title">
      <h2 className={kit.cardTitle} id="completion-title">
        {code === undefined ? 'Back to the site that sent you' : 'Your completion code'}
      </h2>
      {code === undefined ? null : (
        <div className={classes.buttons}>
          <code className={classes.code}>{code}</code>
          <Button size="md" variant="default" onClick={() => clipboard.copy(code)}>
            {clipboard.copied ? 'Copied' : 'Copy the code'}
          </Button>
        </div>
      )}
      {clipboard.error ? <p role="alert">Select the code and copy it by hand.</p> : null}
      {returnTo === undefined ? null : (
        <div className={classes.buttons}>
          <Button
            component="a"
            size="md"
            variant={isMain ? 'filled' : 'default'}
            href={returnAddress(returnTo, sitting.parameters)}
          >
            Back to the recruiting site
          </Button>
        </div>
      )}
    </section>
  )
}

interface FurtherProps extends Pick<EndedProps, 'sitting'> {
  readonly children?: ReactNode
}

/** Renders where the labeller, or the researcher after a trial, can go from here. */
function Further({ sitting, children }: FurtherProps) {
  const isTrial = useParticipation((state) => state.isTrial)
  return (
    <div className={classes.buttons}>
      {isTrial ? (
        <Button component="a" variant="default" href={studyAddress(sitting.study.id)}>
          Back to the study
        </Button>
      ) : (
        <Button component="a" variant="default" href="#/label">
          Label your own pairs
        </Button>
      )}
      {children}
    </div>
  )
}
