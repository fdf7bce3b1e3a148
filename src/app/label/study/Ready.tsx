import { Button } from '@mantine/core'
import type { Sitting } from '../../../storage/index.ts'
import { scheduleOf } from '../../../study/index.ts'
import { countOf } from '../../ui/format.ts'
import classes from './Participation.module.css'
import { type Participation, studyOf } from './participation.ts'
import { StepPage } from './StepPage.tsx'
import { Withdraw } from './Withdraw.tsx'

interface ReadyProps {
  readonly sitting: Sitting
  readonly participation: Participation
}

/** Renders the pause between the practice and the first real pair. */
export function Ready({ sitting, participation }: ReadyProps) {
  const { right, answered } = sitting.practice
  const { slot } = sitting.invitation
  return (
    <StepPage title="The practice is done" step="Pairs">
      <div className={classes.text}>
        <p>
          You answered {right} of {countOf(answered, 'practice pair')} correctly.
        </p>
        <p>
          {countOf(scheduleOf(studyOf(sitting), slot).length, 'pair')} follow, without explanations.
          Go by what you see; you can go back and change an answer at any time.
        </p>
      </div>
      <div className={classes.buttons}>
        <Button size="md" onClick={() => void participation.begin()}>
          Start labelling
        </Button>
        <Withdraw participation={participation} />
      </div>
    </StepPage>
  )
}
