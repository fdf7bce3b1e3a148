import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { METHODS, PARTS } from '../../procedure/training/index.ts'
import type { TrainingKind, TrainingPlan } from '../../procedure/training/plan.ts'
import { useTraining } from '../stores/training.ts'
import { isOver } from '../training/words.ts'
import { timeWords } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { estimateOf } from './actions.ts'
import { useDraft } from './draft.ts'
import classes from './Forecast.module.css'
import steps from './Steps.module.css'
import { methodsIn } from './sweep.ts'

interface ForecastProps {
  /** Plans of the trainings, or the reason why they cannot start. */
  readonly plans: readonly TrainingPlan[] | string
  readonly starting: boolean
  /** Text of the submit button for a single training. */
  readonly words: string
}

/** Renders the parts of the trainings, their estimated duration, and the submit button. */
export function Forecast({ plans, starting, words }: ForecastProps) {
  const draft = useDraft()
  const busy = useTraining(({ live }) => live !== undefined)
  const elsewhere = useTraining((state) => state.elsewhere)
  const methods = methodsIn(draft)
  const missing = typeof plans === 'string' ? plans : undefined
  const count = typeof plans === 'string' ? 1 : plans.length
  const seconds = useEstimate(plans)
  return (
    <div className={classes.forecast}>
      <div className={`${kit.stack} ${classes.sticky}`}>
        <h3 className={kit.asideTitle}>What will happen</h3>
        {methods.map((kind) => (
          <div key={kind} className={kit.stack} data-tight>
            {methods.length > 1 ? <h4 className={kit.label}>{METHODS[kind].title}</h4> : null}
            <MethodSteps kind={kind} />
          </div>
        ))}
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
                  {count > 1 ? `${count} runs, one after the other, take` : 'Takes'} about{' '}
                  <strong>{timeWords(seconds)}</strong> on this device. You can keep using the lab,
                  pause the training, or come back later.
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
            {submitWords(count, busy || elsewhere, words)}
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

function MethodSteps({ kind }: { readonly kind: TrainingKind }) {
  const { preference } = useDraft()
  const parts = METHODS[kind].parts({ preferenceFineTuning: preference === 'yes' })
  return (
    <ol className={steps.steps}>
      {parts.map((part) => (
        <li key={part} className={steps.step}>
          <strong>{PARTS[part].title}</strong>
          <span className={kit.small}>{PARTS[part].about}</span>
        </li>
      ))}
    </ol>
  )
}

function submitWords(count: number, isBusy: boolean, words: string): string {
  if (count === 1) return isBusy ? 'Add to the queue' : words
  return isBusy ? `Add ${count} runs to the queue` : `Start ${count} runs`
}

/** Returns the estimated seconds of some plans on this device, debounced during typing; undefined until known. */
function useEstimate(plans: readonly TrainingPlan[] | string): number | undefined {
  const [seconds, setSeconds] = useState<number>()
  const text = JSON.stringify(plans)
  // Each finished run updates the measured speed of this machine.
  const ended = useTraining(({ runs }) => runs?.filter(({ state }) => isOver(state)).length)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `text` identifies the plans, and `ended` changes with each new measurement.
  useEffect(() => {
    if (typeof plans === 'string') return
    let gone = false
    const timer = setTimeout(() => {
      estimateOf(plans).then(
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
