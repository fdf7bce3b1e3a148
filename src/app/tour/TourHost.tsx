import { Button } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { setMark, useTourMark } from '../shell/tour-mark.ts'
import kit from '../ui/kit.module.css'
import classes from './Tour.module.css'

/** Renders the tour below every page while it is on; its code is loaded with the first step. */
export function TourHost() {
  const on = useTourMark((state) => state.mark === 'on')
  if (!on) return null
  return (
    <Suspense fallback={null}>
      <TourPanel />
    </Suspense>
  )
}

const TourPanel = lazy(() => import('./TourPanel.tsx').catch(() => ({ default: Missing })))

function Missing() {
  return (
    <section className={classes.panel} aria-label="Guided tour" role="alert">
      <p className={`${kit.row} ${classes.text}`}>
        The tour could not be loaded. Check your connection and reload the page.
      </p>
      <Button size="sm" variant="default" onClick={() => setMark('seen')}>
        Leave the tour
      </Button>
    </section>
  )
}
