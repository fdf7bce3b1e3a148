import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { METHODS, PARTS } from '../../procedure/training/index.ts'
import type { TrainingPlan } from '../../procedure/training/plan.ts'
import { useTraining } from '../stores/training.ts'
import { isOver } from '../training/words.ts'
import { timeWords } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { estimateOf } from './actions.ts'
import { useDraft } from './draft.ts'
import classes from './Forecast.module.css'
import steps from './Steps.module.css'

interface ForecastProps {
  /** Plan of the training, or the reason why it cannot start. */
  readonly plan: TrainingPlan | string
  readonly starting: boolean
  /** Text of the submit button. */
  readonly words: string
}

/** Renders the parts of the training, its estimated duration, and the submit button. */
export function Forecast({ plan, starting, words }: ForecastProps) {
  const draft = useDraft()
  const busy = useTraining(({ live }) => live !== undefined)
  const elsewhere = useTraining((state) => state.elsewhere)
  const parts = METHODS[draft.job].parts({ preferenceFineTuning: draft.preference === 'yes' })
  const missing = typeof plan === 'string' ? plan : undefined
  const seconds = useEstimate(plan)
  return (
    <div className={classes.forecast}>
      <div className={`${kit.stack} ${classes.sticky}`}>
        <h3 className={kit.asideTitle}>What will happen</h3>
        <ol className={steps.steps}>
          {parts.map((part) => (
            <li key={part} className={steps.step}>
              <strong>{PARTS[part].title}</strong>
              <span className={kit.small}>{PARTS[part].about}</span>
            </li>
          ))}
        </ol>
        <div className={kit.stack}>
          {missing ? (
            <Notice tone="warning" role="note">
              {missing}
            </Notice>
          ) : (
            <p className={classes.estimate}>
              {seconds === undefined ? (
                'Training runs in this tab; nothing leaves this device.'
              ) : (
                <>
                  Takes about <strong>{timeWords(seconds)}</strong> on this device. You can keep
                  using the lab, pause the training, or come back later.
                </>
              )}
            </p>
          )}
          <Button
            type="submit"
            size="md"
            fullWidth
            loading={starting}
            disabled={missing !== undefined}
          >
            {busy || elsewhere ? 'Add to the queue' : words}
          </Button>
          {elsewhere ? (
            <p className={classes.estimate}>
              Another tab in this browser is training; this run waits for its turn.
            </p>
          ) : null}
        </div>
      </div>
    </div>
  )
}

/** Returns the estimated seconds of a plan on this device, debounced during typing; undefined until known. */
function useEstimate(plan: TrainingPlan | string): number | undefined {
  const [seconds, setSeconds] = useState<number>()
  const text = JSON.stringify(plan)
  // Each finished run updates the measured speed of this machine.
  const ended = useTraining(({ runs }) => runs?.filter(({ state }) => isOver(state)).length)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` identifies the plan, and `ended` changes with each new measurement.
  useEffect(() => {
    if (typeof plan === 'string') return
    let gone = false
    const timer = setTimeout(() => {
      estimateOf(plan).then(
        (found) => {
          if (!gone) setSeconds(found)
        },
        // Without an estimate nothing is shown; submitting reports what is wrong.
        () => undefined,
      )
    }, 250)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [text, ended])
  return seconds
}
