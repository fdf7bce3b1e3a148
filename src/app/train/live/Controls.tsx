import { Button } from '@mantine/core'
import type { Run } from '../../../storage/run-record.ts'
import type { LiveRun } from '../../stores/training.ts'
import { PauseIcon, PlayIcon } from '../../ui/icons.tsx'
import { askQueue } from '../actions.ts'
import { SureButton } from '../SureButton.tsx'
import classes from './Live.module.css'

interface ControlsProps {
  readonly run: Run
  readonly live: LiveRun | undefined
}

/** Pause, go on, stop and keep what there is, or throw it away. */
export function Controls({ run, live }: ControlsProps) {
  const paused = run.state === 'paused' || live?.phase === 'paused'
  const settling = live?.phase === 'pausing' || live?.phase === 'stopping'
  return (
    <div className={classes.controls}>
      {paused ? (
        <Button
          size="sm"
          leftSection={<PlayIcon size={15} />}
          onClick={() => askQueue((queue) => queue.resume(run.id))}
        >
          Go on
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
      <SureButton
        words="Discard"
        sure="Discard for good?"
        name={run.name}
        onSure={() => askQueue((queue) => queue.remove(run.id))}
      />
    </div>
  )
}
