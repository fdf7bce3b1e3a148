import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import type { ReactNode } from 'react'
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
  const isSent = useParticipation(({ sending }) => isTrial || sending?.waiting === 0)
  const delivery = isTrial ? null : <Delivery participation={participation} />
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
  const isSent = sending?.waiting === 0
  return (
    <StepPage title="You have withdrawn">
      <div className={classes.text}>
        <p>
          Nothing more is sent, and your answers stay in this browser only.{' '}
          {begun
            ? 'Answers that the researcher received before are not used.'
            : 'Nothing was sent before.'}
        </p>
        {begun && sending ? (
          <p role="status">
            {isSent
              ? 'The researcher’s collector has received your withdrawal.'
              : 'Your withdrawal is not sent yet: keep this page open, or open the link again later.'}
          </p>
        ) : null}
        {begun && !sending ? (
          <p>If you have handed in a file before, hand in your withdrawal, too.</p>
        ) : null}
      </div>
      {begun ? (
        <>
          <SendingNotice participation={participation} />
          {isSent ? null : (
            <div className={classes.buttons}>
              <HandIn participation={participation} words="Send your withdrawal" />
            </div>
          )}
          <HandedIn />
        </>
      ) : null}
      <Further sitting={sitting} />
    </StepPage>
  )
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
          {begun ? ' What you answered before can still be handed in.' : ''}
        </p>
      </div>
      {begun ? <Delivery participation={participation} /> : null}
      <Further sitting={sitting}>
        {begun ? <Withdraw participation={participation} /> : null}
      </Further>
    </StepPage>
  )
}

/** Renders what is saved and what is sent, and how to hand in the rest. */
function Delivery({ participation }: { readonly participation: Participation }) {
  const sending = useParticipation((state) => state.sending)
  const saved = useDesk((state) => state.saved) ?? 0
  return (
    <section className={`${kit.card} ${classes.text}`} aria-labelledby="delivery-title">
      <h2 className={kit.cardTitle} id="delivery-title">
        Your answers
      </h2>
      <Counts />
      <p>{deliveryWords(sending, saved)}</p>
      <SendingNotice participation={participation} />
      <div className={classes.buttons}>
        {sending?.waiting === 0 ? (
          <HandIn participation={participation} words="Save a copy" size="sm" />
        ) : (
          <HandIn participation={participation} />
        )}
      </div>
      <HandedIn />
    </section>
  )
}

function deliveryWords(
  sending: ReturnType<typeof useParticipation.getState>['sending'],
  saved: number,
): string {
  if (!sending) {
    return `Your ${countOf(saved, 'answer')} are saved in this browser and have not been sent: save them as a file and send it to the researcher.`
  }
  if (sending.waiting === 0) return 'Everything is sent. You can close this page.'
  return `${countOf(sending.waiting, 'message')} are not sent yet: keep this page open until they are, or open the link again later. You can also hand in everything as a file.`
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
          Continue as yourself
        </Button>
      )}
      {children}
    </div>
  )
}
