import type { Run } from '../../../storage/run-record.ts'
import type { LiveRun } from '../../stores/training.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { PauseIcon, PlayIcon } from '../../ui/icons.tsx'
import kit from '../../ui/kit.module.css'
import { SteadyButton } from '../../ui/SteadyButton.tsx'
import { askQueue } from '../actions.ts'
import classes from './Live.module.css'

interface ControlsProps {
  readonly run: Run
  readonly live: LiveRun | undefined
}

/** Buttons to pause, resume, stop or discard a run; stopping keeps the models trained so far. */
export function Controls({ run, live }: ControlsProps) {
  const paused = run.state === 'paused' || live?.phase === 'paused'
  const isStopping = live?.phase === 'stopping'
  const settling = live?.phase === 'pausing' || isStopping
  return (
    <div className={`${kit.row} ${classes.controls}`}>
      <SteadyButton
        size="sm"
        variant={paused ? 'filled' : 'default'}
        leftSection={paused ? <PlayIcon size={15} /> : <PauseIcon size={15} />}
        isReady={!settling}
        onClick={() => {
          if (settling) return
          askQueue((queue) => (paused ? queue.resume(run.id) : queue.pause(run.id)))
        }}
      >
        {paused ? 'Resume' : 'Pause'}
      </SteadyButton>
      <SteadyButton
        size="sm"
        isReady={!isStopping}
        onClick={() => {
          if (!isStopping) askQueue((queue) => queue.stop(run.id))
        }}
      >
        Stop and keep
      </SteadyButton>
      <ConfirmButton
        size="sm"
        first={{ words: 'Discard', name: `Discard: ${run.name}` }}
        then={{ words: 'Discard for good?', name: `Discard for good?: ${run.name}` }}
        onConfirm={() => askQueue((queue) => queue.remove(run.id))}
      />
    </div>
  )
}
