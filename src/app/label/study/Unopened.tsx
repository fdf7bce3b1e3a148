import { Button, Loader } from '@mantine/core'
import { studyAddress } from '../../stores/study-settings.ts'
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
      <StepPage title="Labelling is open in another tab">
        <p className={classes.text}>Close the other labelling tab, and this page continues here.</p>
      </StepPage>
    )
  }
  if (stage === 'failed') {
    return (
      <StepPage title="The study could not be opened">
        <div className={classes.text} role="alert">
          <p>{failure?.sentence}</p>
        </div>
        {failure?.isTransient ? (
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
      <StepPage title="You chose not to take part">
        <p className={classes.text}>
          Nothing was sent, and nothing about the study is stored in this browser. You can close
          this page.
        </p>
        <div className={classes.buttons}>
          {participation?.trialOf === undefined ? (
            <Button variant="default" onClick={() => void participation?.open()}>
              Read the invitation again
            </Button>
          ) : (
            <Button component="a" variant="default" href={studyAddress(participation.trialOf)}>
              Back to the study
            </Button>
          )}
        </div>
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
