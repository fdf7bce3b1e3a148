import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useRoute } from '../stores/route.ts'
import { Announcer } from '../ui/Announcer.tsx'
import kit from '../ui/kit.module.css'
import classes from './Tour.module.css'
import { isOnPage, showPage, useTour } from './tour-state.ts'

interface StepBodyProps {
  /** Text of the step: what to do and what to look at. */
  readonly children: ReactNode
  /** Announcement for screen readers; changes rarely. */
  readonly news: string
  /** Buttons and links; the one to the next step is last. */
  readonly ways: ReactNode
}

/** Layout of a step: its text, announcement, buttons, and a button back to the step's page. */
export function StepBody({ children, news, ways }: StepBodyProps) {
  const here = useRoute((route) => isOnPage(useTour.getState(), route))
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
      <Announcer label="Tour announcements">{news}</Announcer>
    </>
  )
}
