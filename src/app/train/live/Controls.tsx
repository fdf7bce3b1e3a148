import { Button } from '@mantine/core'
import type { Run } from '../../../storage/run-record.ts'
import type { LiveRun } from '../../stores/training.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { PauseIcon, PlayIcon } from '../../ui/icons.tsx'
import kit from '../../ui/kit.module.css'
import { askQueue } from '../actions.ts'
import classes from './Live.module.css'

interface ControlsProps {
  readonly run: Run
  readonly live: LiveRun | undefined
}

/** Buttons to pause, resume, stop or discard a run; stopping keeps the models trained so far. */
export function Controls({ run, live }: ControlsProps) {
  const paused = run.state === 'paused' || live?.phase === 'paused'
  const settling = live?.phase === 'pausing' || live?.phase === 'stopping'
  return (
    <div className={`${kit.row} ${classes.controls}`}>
      {paused ? (
        <Button
          size="sm"
          leftSection={<PlayIcon size={15} />}
          onClick={() => askQueue((queue) => queue.resume(run.id))}
        >
          Resume
        </Button>
      ) : (
        <Button
          size="sm"
          variant="default"
          leftSection={<PauseIcon size={15} />}
          disabled={settling}
          onClick={() => askQueue((queue) => queue.pause(run.id))}
        >
          Pause
        </Button>
      )}
      <Button
        size="sm"
        variant="default"
        disabled={live?.phase === 'stopping'}
        onClick={() => askQueue((queue) => queue.stop(run.id))}
      >
        Stop and keep
      </Button>
      <ConfirmButton
        size="sm"
        first={{ words: 'Discard', name: `Discard: ${run.name}` }}
        then={{ words: 'Discard for good?', name: `Discard for good?: ${run.name}` }}
        onConfirm={() => askQueue((queue) => queue.remove(run.id))}
      />
    </div>
  )
}
