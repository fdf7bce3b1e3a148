import { Button } from '@mantine/core'
import { useMemo } from 'react'
import type { Sitting } from '../../../storage/index.ts'
import { scheduleOf, secondsPerPair } from '../../../study/index.ts'
import { useLabelSeconds } from '../../data/use-label-seconds.ts'
import { countOf, timeWords } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { Paragraphs } from './Paragraphs.tsx'
import classes from './Participation.module.css'
import { type Participation, studyOf } from './participation.ts'
import { StepPage } from './StepPage.tsx'

interface ConsentProps {
  readonly sitting: Sitting
  readonly participation: Participation
}

/** Renders what the study is about and what is sent, and asks for consent. */
export function Consent({ sitting, participation }: ConsentProps) {
  const { study } = sitting
  return (
    <StepPage title={study.title} step="About">
      <div className={classes.text}>
        <Paragraphs>{study.consent}</Paragraphs>
      </div>
      <section className={`${kit.card} ${classes.text}`} aria-labelledby="what-you-do">
        <h2 className={kit.cardTitle} id="what-you-do">
          What you do
        </h2>
        <Work sitting={sitting} />
      </section>
      <section className={`${kit.card} ${classes.text}`} aria-labelledby="what-is-sent">
        <h2 className={kit.cardTitle} id="what-is-sent">
          What is sent
        </h2>
        <Sent sitting={sitting} />
      </section>
      <section className={`${kit.card} ${classes.text}`} aria-labelledby="stopping">
        <h2 className={kit.cardTitle} id="stopping">
          Stopping and withdrawing
        </h2>
        <p>
          You can stop at any time by closing this page, and continue later in this browser with the
          same link. You can withdraw at any time. Your answers are then excluded from every result.
          Answers that were already sent remain stored on the researcher’s server until the
          researcher deletes them.
        </p>
      </section>
      <div className={classes.buttons}>
        <Button size="md" onClick={() => participation.agree()}>
          I agree and want to take part
        </Button>
        <Button size="md" variant="default" onClick={() => participation.decline()}>
          No, thanks
        </Button>
      </div>
    </StepPage>
  )
}

function Work({ sitting }: Pick<ConsentProps, 'sitting'>) {
  const study = studyOf(sitting)
  const { slot } = sitting.invitation
  const measured = useLabelSeconds()
  const { pairs, played } = useMemo(
    () => ({ pairs: scheduleOf(study, slot).length, played: secondsPerPair(study) }),
    [study, slot],
  )
  const practice = study.practice.pairs
  return (
    <>
      <p>
        You are shown {countOf(pairs, 'pair')} of short clips of an agent on an island
        {practice > 0 ? `, after ${countOf(practice, 'practice pair')} with explanations` : ''}. The
        question about each pair is: <strong>{study.question}</strong>
      </p>
      <p>
        {measured === undefined
          ? `The clips of all pairs play for ${timeWords(pairs * played)} in total; how long you look at them is up to you.`
          : `At the pace at which pairs were answered in this browser before, this takes ${timeWords(pairs * measured)}.`}
      </p>
    </>
  )
}

/** Renders a list of everything that leaves the browser, and where it goes. */
function Sent({ sitting }: Pick<ConsentProps, 'sitting'>) {
  const { invitation, parameters, study } = sitting
  const host = invitation.collector && hostOf(invitation.collector.url)
  const fromSite = Object.entries(parameters).map(([name, value]) => `${name} (${value})`)
  return (
    <>
      <p>
        {host
          ? `While you answer, the following is sent to the researcher’s collector at ${host}. Nothing is sent before you agree and begin with the first pair.`
          : 'Nothing is sent automatically. At the end, you send the researcher a file that contains:'}
      </p>
      <ul>
        <li>your answers and corrections, and on which side each clip was shown</li>
        {study.reasons.length > 0 ? <li>the reasons that you tick</li> : null}
        <li>
          when you answered, for how long you looked, how often you replayed the clips, and for how
          long you were away
        </li>
        {study.practice.pairs > 0 ? <li>how many practice pairs you answered correctly</li> : null}
        <li>the number of your invitation, {invitation.labeller}, and a random id</li>
        {fromSite.length > 0 ? (
          <li>what the site that sent you added to the link: {fromSite.join(', ')}</li>
        ) : null}
        <li>the version of this app</li>
      </ul>
      <p>
        Your name, your email address, and other data from this browser are not included.
        {host
          ? ' As with every site, the server sees your network address while it is connected.'
          : ''}
      </p>
    </>
  )
}

function hostOf(url: string): string {
  return URL.canParse(url, window.location.href) ? new URL(url, window.location.href).host : url
}
