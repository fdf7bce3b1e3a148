import { Button, Text } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { Invitation } from '../shell/TourInvitation.tsx'
import { TourLink } from '../shell/TourLink.tsx'
import { useLanding } from '../stores/landing.ts'
import { Announcer } from '../ui/Announcer.tsx'
import kit from '../ui/kit.module.css'
import classes from './Landing.module.css'
import { Panel } from './Panel.tsx'
import { runners } from './runners.ts'
import { ShowBar } from './ShowBar.tsx'
import { Show } from './show.ts'

/** Landing page: four stages of one agent, side by side from the same start. */
export function LandingPage() {
  const show = useShow()
  const announcement = useLanding((state) => state.announcement)
  return (
    <div className={classes.page}>
      <header className={classes.intro}>
        <h1 className={`${kit.title} ${classes.title}`}>
          Same start. Same eyes.{' '}
          <Text span inherit c="var(--accent)">
            Different training.
          </Text>
        </h1>
        <p className={`${kit.lead} ${classes.lead}`}>
          Four stages of one agent, let loose from the same spot. Each sees 64 × 32 pixels and holds
          a gamepad. They differ in what they learned from: many people, a few good clips,
          preferences.
        </p>
        <div className={`${kit.row} ${classes.ways}`}>
          <Button component="a" href="#/overview" size="md">
            How it was trained
          </Button>
          <Button component="a" href="#/watch" size="md" variant="default">
            Watch one
          </Button>
        </div>
      </header>
      <Invitation />
      <section className={classes.panels} aria-label="Four agents from the same start">
        {runners.map((runner) => (
          <Panel key={runner.stage} runner={runner} />
        ))}
      </section>
      <ShowBar show={show} />
      <TourLink />
      <Announcer>{announcement}</Announcer>
    </div>
  )
}

/** Returns the show. With reduced motion it starts paused, on a still picture of whole paths. */
function useShow(): Show | undefined {
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const [show, setShow] = useState<Show>()
  useEffect(() => {
    const created = new Show(!still)
    setShow(created)
    return () => created.dispose()
  }, [still])
  return show
}
