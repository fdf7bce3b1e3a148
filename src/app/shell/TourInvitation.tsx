import { Button, Group } from '@mantine/core'
import kit from '../ui/kit.module.css'
import { focusPage } from './focus-page.ts'
import classes from './TourLinks.module.css'
import { setMark, takeTour, useTourMark } from './tour-mark.ts'

/** Invitation to the tour on a first visit; not shown again after any answer. */
export function Invitation() {
  const mark = useTourMark((state) => state.mark)
  if (mark !== 'new') return null
  return (
    <section
      className={`${kit.surface} ${kit.head} ${classes.invitation}`}
      aria-label="Invitation to a tour"
    >
      <p>
        <strong>New here?</strong> Show an agent what you prefer, and watch it learn in this tab.
      </p>
      <Group gap={6}>
        <Button size="sm" onClick={takeTour}>
          Take the tour · 4 steps
        </Button>
        <Button size="sm" variant="subtle" color="gray" onClick={decline}>
          No, thanks
        </Button>
      </Group>
    </section>
  )
}

function decline(): void {
  setMark('seen')
  focusPage({ preventScroll: true })
}
