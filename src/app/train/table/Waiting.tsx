import { Button } from '@mantine/core'
import type { Run } from '../../../storage/run-record.ts'
import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import { countOf } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { askQueue } from '../actions.ts'
import { tagsOf } from '../tags.ts'
import { changeRunFilter } from './filter.ts'
import classes from './Runs.module.css'

/** Lists the tags of several runs of which some still wait, as those of a sweep do, and can cancel these. */
export function Waiting({ runs }: { readonly runs: readonly Run[] }) {
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
