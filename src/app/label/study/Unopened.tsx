import { Button, Loader } from '@mantine/core'
import { OTHER_TAB_LABELS } from '../../../storage/tabs.ts'
import { dateWords } from '../../ui/format.ts'
import classes from './Participation.module.css'
import type { Participation } from './participation.ts'
import { StepPage } from './StepPage.tsx'
import { useParticipation } from './store.ts'

/** Renders why a study is not open on this page, or not yet. */
export function Unopened({ participation }: { readonly participation: Participation | undefined }) {
  const stage = useParticipation((state) => state.stage)
  const failure = useParticipation((state) => state.failure)
  if (stage === 'elsewhere') {
    return (
      <StepPage title="Continue in the other tab">
        <p className={classes.text}>{OTHER_TAB_LABELS}</p>
      </StepPage>
    )
  }
  if (stage === 'failed') {
    return (
      <StepPage title="The study could not be opened">
        <div className={classes.text} role="alert">
          <p>{failure?.sentence}</p>
        </div>
        {failure?.passes ? (
          <div className={classes.buttons}>
            <Button onClick={() => void participation?.open()}>Try again</Button>
          </div>
        ) : null}
      </StepPage>
    )
  }
  if (stage === 'not open') return <NotOpen />
  if (stage === 'declined') {
    return (
      <StepPage title="You do not take part">
        <p className={classes.text}>
          Nothing was sent, and nothing about the study is stored in this browser. If you change
          your mind, open the link again. You can close this page.
        </p>
      </StepPage>
    )
  }
  return (
    <div className={classes.step} role="status">
      <Loader size="sm" />
      Opening the study…
    </div>
  )
}

function NotOpen() {
  const openness = useParticipation((state) => state.openness)
  if (openness.is === 'open') return null
  const date = dateWords(openness.date)
  return openness.is === 'closed' ? (
    <StepPage title="The study has closed">
      <p className={classes.text}>
        It closed on {date}, so no new answers are collected. Thank you for your interest.
      </p>
    </StepPage>
  ) : (
    <StepPage title="The study is not open yet">
      <p className={classes.text}>It opens on {date}: open the link again then.</p>
    </StepPage>
  )
}
