import { Button } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { type ComponentType, useEffect, useRef } from 'react'
import { WORLD_VERSION } from '../../island/index.ts'
import { labelCounts, shownRun, type TooFewLabels } from '../../procedure/too-few-labels.ts'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import classes from './FewLabels.module.css'
import { goTo, keepStep, STEP_COUNT, useStep } from './place.ts'
import { LabelsStep } from './steps/LabelsStep.tsx'
import { MoreStep } from './steps/MoreStep.tsx'
import { RewardStep } from './steps/RewardStep.tsx'
import { SummaryStep } from './steps/SummaryStep.tsx'
import type { StepProps } from './steps/step-props.ts'
import { TrainingStep } from './steps/TrainingStep.tsx'

const STEPS: readonly { readonly title: string; readonly Body: ComponentType<StepProps> }[] = [
  { title: 'The labels', Body: LabelsStep },
  { title: 'The reward model', Body: RewardStep },
  { title: 'The training', Body: TrainingStep },
  { title: 'More labels', Body: MoreStep },
  { title: 'What to take away', Body: SummaryStep },
]

/** Renders the step that is shown, with the ways to all others. */
export function Chapter({ data }: { readonly data: TooFewLabels }) {
  const step = useStep()
  const section = useFocusOnStep(step)
  useArrowKeys(step)
  useEffect(() => keepStep(step), [step])
  const shown = STEPS[step - 1]
  const run = shownRun(data, labelCounts(data)[0] ?? 0)
  if (!shown || !run) return null
  const { title, Body } = shown
  return (
    <>
      <StepList step={step} />
      {data.worldVersion === WORLD_VERSION ? null : (
        <Notice role="status">
          These trainings are from world version {data.worldVersion}; this lab has version{' '}
          {WORLD_VERSION}. The numbers are still valid, but the paths cannot be replayed.
        </Notice>
      )}
      <section
        className={`${kit.stack} ${classes.step}`}
        aria-labelledby="step-title"
        tabIndex={-1}
        ref={section}
      >
        <h2 className={kit.heading} id="step-title">
          {step}. {title}
        </h2>
        <Body data={data} run={run} />
      </section>
      <div className={kit.head}>
        <div className={kit.row}>
          <Button variant="default" disabled={step === 1} onClick={() => goTo(step - 1)}>
            Back
          </Button>
          <Button disabled={step === STEP_COUNT} onClick={() => goTo(step + 1)}>
            Next{step === STEP_COUNT ? '' : `: ${STEPS[step]?.title.toLowerCase()}`}
          </Button>
        </div>
        <p className={`${kit.small} ${kit.keys}`}>
          ← and → go back and forth, Space pauses the maps.
        </p>
      </div>
    </>
  )
}

/** Renders links to all steps, so that any of them can be skipped. */
function StepList({ step }: { readonly step: number }) {
  return (
    <nav aria-label="Steps of the chapter">
      <ol className={classes.steps}>
        {STEPS.map(({ title }, index) => (
          <li key={title}>
            <a
              className={classes.link}
              href={`#/few-labels?step=${index + 1}`}
              aria-current={step === index + 1 ? 'step' : undefined}
            >
              <span className={classes.number}>{index + 1}</span>
              <span className={classes.name}>{title}</span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Returns a ref for the step, which receives the focus when another step is shown. */
function useFocusOnStep(step: number) {
  const section = useRef<HTMLElement>(null)
  const seen = useRef(step)
  useEffect(() => {
    if (seen.current === step) return
    seen.current = step
    window.scrollTo(0, 0)
    section.current?.focus({ preventScroll: true })
  }, [step])
  return section
}

/** Goes back and forth with the arrow keys, except where a slider or a choice uses them. */
function useArrowKeys(step: number): void {
  const by = (change: number) => (event: KeyboardEvent) => {
    const { target } = event
    if (target instanceof Element && target.closest('[role=slider], [role=radiogroup]')) return
    goTo(step + change)
  }
  useHotkeys([
    ['ArrowLeft', by(-1)],
    ['ArrowRight', by(1)],
  ])
}
