import { type ReactNode, useEffect, useRef } from 'react'
import kit from '../../ui/kit.module.css'
import { Notice } from '../../ui/Notice.tsx'
import { useDesk } from '../store.ts'
import classes from './Participation.module.css'
import { useParticipation } from './store.ts'
import { TrialNotice } from './TrialNotice.tsx'

/** Steps of a study, in order. */
const COURSE = ['About', 'Instructions', 'Practice', 'Pairs'] as const
type CourseStep = (typeof COURSE)[number]

interface StepPageProps {
  readonly title: string
  /** Step in the list at the top; undefined for pages outside it. */
  readonly step?: CourseStep
  readonly children: ReactNode
}

/** Page that is read, on the way to the desk and after it. Its title gets the focus. */
export function StepPage({ title, step, children }: StepPageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const problem = useDesk((state) => state.storageProblem)
  useEffect(() => {
    heading.current?.focus()
  }, [])
  return (
    <div className={classes.scroll}>
      <div className={classes.step}>
        <TrialNotice />
        {step ? <Course step={step} /> : null}
        <h1 className={kit.title} ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {problem === undefined ? null : (
          <Notice tone="problem" role="alert">
            {problem}
          </Notice>
        )}
        {children}
      </div>
    </div>
  )
}

function Course({ step }: { readonly step: CourseStep }) {
  const practice = useParticipation((state) => state.sitting?.study.practice.pairs ?? 0)
  const course = COURSE.filter((each) => each !== 'Practice' || practice > 0)
  const now = course.indexOf(step)
  return (
    <ol className={classes.course} aria-label="Steps of the study">
      {course.map((each, place) => (
        <li
          key={each}
          data-done={place < now || undefined}
          aria-current={each === step ? 'step' : undefined}
        >
          {each}
        </li>
      ))}
    </ol>
  )
}
