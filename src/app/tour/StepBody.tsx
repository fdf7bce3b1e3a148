import { Button, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { useRoute } from '../stores/route.ts'
import { isOnPage, showPage, useJourney } from './journey.ts'
import classes from './Tour.module.css'

interface StepBodyProps {
  /** What to do and what to look at. */
  readonly children: ReactNode
  /** What is said to who does not see it; changes seldom. */
  readonly news: string
  /** Buttons and links, the way on last. */
  readonly ways: ReactNode
}

/** What all steps have: a text, what it says aloud, and ways on; and the way back to the step's page. */
export function StepBody({ children, news, ways }: StepBodyProps) {
  const here = useRoute((route) => isOnPage(useJourney.getState(), route))
  return (
    <>
      <div className={classes.text}>{children}</div>
      <div className={classes.ways}>
        {here ? null : (
          <Button size="sm" variant="default" onClick={showPage}>
            Back to this step’s page
          </Button>
        )}
        {ways}
      </div>
      <VisuallyHidden role="status" aria-label="News of the tour">
        {news}
      </VisuallyHidden>
    </>
  )
}
