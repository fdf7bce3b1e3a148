import { Button, Group } from '@mantine/core'
import type { Run } from '../../../storage/run-record.ts'
import { useTraining } from '../../stores/training.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { countOf } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { Notice } from '../../ui/Notice.tsx'
import { askQueue } from '../actions.ts'
import { tagsOf } from '../tags.ts'
import { changeRunFilter } from './filter.ts'
import classes from './Runs.module.css'

interface WaitingProps {
  readonly runs: readonly Run[]
}

/**
 * Lists the tags of several runs of which some still wait, as those of a sweep do, and can cancel these; says
 * for which paused run they wait.
 */
export function Waiting({ runs }: WaitingProps) {
  return (
    <>
      <Held runs={runs} />
      <Sweeps runs={runs} />
    </>
  )
}

/** Says that waiting runs wait for a run that was paused before a reload. */
function Held({ runs }: WaitingProps) {
  const held = useTraining((state) => state.held)
  const paused = runs.find(({ id, state }) => id === held && state === 'paused')
  const waiting = runs.filter(({ state }) => state === 'queued').length
  if (paused === undefined || waiting === 0) return null
  return (
    <Notice
      role="status"
      action={
        <Group gap="xs">
          <Button size="compact-sm" onClick={() => askQueue((queue) => queue.resume(paused.id))}>
            Resume “{paused.name}”
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => askQueue((queue) => queue.trainWaiting())}
          >
            Train the waiting {waiting === 1 ? 'run' : 'runs'} first
          </Button>
        </Group>
      }
    >
      “{paused.name}” is paused, and {countOf(waiting, 'run')} {waiting === 1 ? 'waits' : 'wait'}{' '}
      behind it.
    </Notice>
  )
}

function Sweeps({ runs }: WaitingProps) {
  const sweeps = tagsOf(runs).flatMap((tag) => {
    const all = runs.filter(({ tags }) => tags.includes(tag))
    const waiting = all.filter(({ state }) => state === 'queued').map(({ id }) => id)
    return waiting.length > 0 && all.length > 1 ? [{ tag, total: all.length, waiting }] : []
  })
  if (sweeps.length === 0) return null
  return (
    <ul className={`${kit.card} ${classes.waiting}`} aria-label="Tags with waiting runs">
      {sweeps.map(({ tag, total, waiting }) => (
        <li key={tag} className={kit.row}>
          <span>
            <strong>{tag}</strong>: {waiting.length} of {countOf(total, 'run')} waiting
          </span>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Show only: ${tag}`}
            onClick={() => changeRunFilter({ tagged: tag, find: '', state: 'any' })}
          >
            Show only these
          </Button>
          <ConfirmButton
            size="compact-sm"
            first={{
              words: `Cancel ${waiting.length} waiting`,
              name: `Cancel the waiting runs: ${tag}`,
            }}
            then={{
              words: `Really cancel ${waiting.length}?`,
              name: `Really cancel the waiting runs?: ${tag}`,
            }}
            onConfirm={() => askQueue((queue) => queue.cancel(waiting))}
          />
        </li>
      ))}
    </ul>
  )
}
