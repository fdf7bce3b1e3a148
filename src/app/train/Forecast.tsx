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
  /** Or why it cannot start. */
  readonly sketch: TrainingPlan | string
  readonly starting: boolean
  /** On the button. */
  readonly words: string
}

/** What will happen, how long it will take, and the button. */
export function Forecast({ sketch, starting, words }: ForecastProps) {
  const draft = useDraft()
  const busy = useTraining(({ live }) => live !== undefined)
  const elsewhere = useTraining((state) => state.elsewhere)
  const parts = METHODS[draft.job].parts({ preferenceFineTuning: draft.preference === 'yes' })
  const missing = typeof sketch === 'string' ? sketch : undefined
  const seconds = useEstimate(sketch)
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
                'All of it happens in this tab; nothing leaves this device.'
              ) : (
                <>
                  Takes about <strong>{timeWords(seconds)}</strong> on this device. You can go on
                  using the lab, pause it, or come back later.
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
              Another tab of this browser is training: this one waits for its turn.
            </p>
          ) : null}
        </div>
      </div>
    </div>
  )
}

/** How long a plan takes here, as far as can be told; asked once typing has come to rest. */
function useEstimate(sketch: TrainingPlan | string): number | undefined {
  const [seconds, setSeconds] = useState<number>()
  const text = JSON.stringify(sketch)
  // Each run that ends shows how fast this machine is.
  const ended = useTraining(({ runs }) => runs?.filter(({ state }) => isOver(state)).length)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text says whether it is another plan, an end that there is another measurement
  useEffect(() => {
    if (typeof sketch === 'string') return
    let gone = false
    const timer = setTimeout(() => {
      estimateOf(sketch).then(
        (found) => {
          if (!gone) setSeconds(found)
        },
        // Without a measurement there is nothing to say; starting says what is wrong.
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
