import { Box, Button } from '@mantine/core'
import { type ComponentType, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTourMark } from '../shell/tour-mark.ts'
import kit from '../ui/kit.module.css'
import { AlignStep } from './steps/AlignStep.tsx'
import { DifferenceStep } from './steps/DifferenceStep.tsx'
import { LabelStep } from './steps/LabelStep.tsx'
import { WatchStep } from './steps/WatchStep.tsx'
import classes from './Tour.module.css'
import {
  begin,
  leave,
  STEPS,
  showPage,
  type TourState,
  type TourStep,
  useTour,
} from './tour-state.ts'

const TITLES: Readonly<Record<TourStep, string>> = {
  watch: 'Watch where it goes',
  label: 'Label ten pairs',
  align: 'Align it with your labels',
  difference: 'Watch the difference',
}

const BODIES: Readonly<Record<TourStep, ComponentType<{ readonly tour: TourState }>>> = {
  watch: WatchStep,
  label: LabelStep,
  align: AlignStep,
  difference: DifferenceStep,
}

/** Renders the tour below the open page: instructions, and buttons to continue or leave. */
export default function TourPanel() {
  const wished = useWish()
  const tour = useTour()
  const { step } = tour
  const place = STEPS.indexOf(step) + 1
  const heading = useFocusOnStep(step, wished)
  const panel = useHeightForPages()
  const Body = BODIES[step]
  return (
    <section className={classes.panel} aria-label="Guided tour" ref={panel}>
      <div className={classes.head}>
        <p className={kit.small}>
          Tour, step {place} of {STEPS.length}
        </p>
        <h2 className={classes.title} tabIndex={-1} ref={heading}>
          {TITLES[step]}
        </h2>
        <Box className={classes.dots ?? ''} visibleFrom="sm" aria-hidden="true">
          {STEPS.map((each, index) => (
            <span key={each} className={classes.dot} data-done={index < place || undefined} />
          ))}
        </Box>
        <Button
          className={classes.leave ?? ''}
          size="compact-xs"
          variant="subtle"
          color="gray"
          onClick={leave}
        >
          Leave the tour
        </Button>
      </div>
      <Body key={step} tour={tour} />
    </section>
  )
}

/** Starts or resumes the tour if that is why the panel was opened; returns whether it was. */
function useWish(): boolean {
  const [wish] = useState(() => useTourMark.getState().wish)
  useLayoutEffect(() => {
    if (wish === undefined) return
    useTourMark.setState({ wish: undefined })
    if (wish === 'begin') begin()
    else showPage()
  }, [wish])
  return wish !== undefined
}

/** Returns a ref for the heading, which receives the focus only when a step starts. */
function useFocusOnStep(step: TourStep, wished: boolean) {
  const heading = useRef<HTMLHeadingElement>(null)
  const seen = useRef(wished ? undefined : step)
  useEffect(() => {
    if (seen.current === step) return
    seen.current = step
    heading.current?.focus({ preventScroll: true })
  }, [step])
  return heading
}

/** Publishes the panel's height as `--tour-height`, which full-height pages leave free at the bottom. */
function useHeightForPages() {
  const panel = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const { current } = panel
    if (!current) return
    const { style } = document.documentElement
    const observer = new ResizeObserver(() =>
      style.setProperty('--tour-height', `${current.offsetHeight}px`),
    )
    observer.observe(current)
    return () => {
      observer.disconnect()
      style.removeProperty('--tour-height')
    }
  }, [])
  return panel
}
