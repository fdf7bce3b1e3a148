import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useRoute } from '../stores/route.ts'
import { Announcer } from '../ui/Announcer.tsx'
import kit from '../ui/kit.module.css'
import { isOnPage, showPage, useJourney } from './journey.ts'
import classes from './Tour.module.css'

interface StepBodyProps {
  /** Text of the step: what to do and what to look at. */
  readonly children: ReactNode
  /** Announcement for screen readers; changes rarely. */
  readonly news: string
  /** Buttons and links, with the one to the next step last. */
  readonly ways: ReactNode
}

/** Layout of a step: its text, announcement, buttons, and a button back to the step's page. */
export function StepBody({ children, news, ways }: StepBodyProps) {
  const here = useRoute((route) => isOnPage(useJourney.getState(), route))
  return (
    <>
      <div className={`${kit.row} ${classes.text}`}>{children}</div>
      <div className={`${kit.row} ${classes.ways}`}>
        {here ? null : (
          <Button size="sm" variant="default" onClick={showPage}>
            Back to this step’s page
          </Button>
        )}
        {ways}
      </div>
      <Announcer label="News of the tour">{news}</Announcer>
    </>
  )
}
