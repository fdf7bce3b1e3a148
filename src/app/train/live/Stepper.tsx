import { PARTS } from '../../../procedure/training/index.ts'
import type { TrainingPart } from '../../../procedure/training/reports.ts'
import type { Run } from '../../../storage/run-record.ts'
import type { LiveRun } from '../../stores/training.ts'
import { tookWords } from '../../training/words.ts'
import { whole } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import classes from '../Steps.module.css'

interface StepperProps {
  readonly run: Run
  readonly live: LiveRun
}

/** List of the parts of a training: finished, current and upcoming. */
export function Stepper({ run, live }: StepperProps) {
  const at = live.part === undefined ? -1 : live.parts.indexOf(live.part)
  return (
    <ol className={classes.steps}>
      {live.parts.map((part, index) => (
        <Part
          key={part}
          part={part}
          state={index < at ? 'done' : index === at ? 'now' : 'to come'}
          run={run}
          live={live}
        />
      ))}
    </ol>
  )
}

interface PartProps extends StepperProps {
  readonly part: TrainingPart
  readonly state: 'done' | 'now' | 'to come'
}

function Part({ part, state, run, live }: PartProps) {
  const { title, about } = PARTS[part]
  const seconds = run.partSeconds[part]
  return (
    <li
      className={classes.step}
      data-state={state}
      aria-current={state === 'now' ? 'step' : undefined}
    >
      <strong className={state === 'to come' ? kit.faint : undefined}>{title}</strong>
      {state === 'now' ? (
        <>
          <progress
            className={classes.bar}
            aria-label={title}
            value={live.of > 0 ? live.done : 0}
            max={Math.max(1, live.of)}
          />
          <span className={kit.small}>
            {whole(live.done)} of {whole(live.of)} {live.unit}
          </span>
        </>
      ) : (
        <span className={kit.small}>
          {state === 'to come'
            ? about
            : seconds === undefined
              ? 'done'
              : `done in ${tookWords(seconds)}`}
        </span>
      )}
    </li>
  )
}
