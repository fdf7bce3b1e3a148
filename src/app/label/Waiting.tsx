import { Button, Loader } from '@mantine/core'
import { OTHER_TAB_LABELS } from '../../storage/tabs.ts'
import { useCatalogue } from '../data/catalogue.ts'
import kit from '../ui/kit.module.css'
import classes from './ClipStage.module.css'
import type { Desk } from './desk.ts'
import { useDesk } from './store.ts'

const WAITING = `${kit.surface} ${classes.waiting}`

/** Renders the reason why there is no pair. */
export function Waiting({ desk }: { readonly desk: Desk | undefined }) {
  const phase = useDesk((state) => state.phase)
  const exhausted = useDesk((state) => state.exhausted)
  const problem = useDesk((state) => state.poolProblem ?? state.learnProblem)
  const clips = useDesk((state) => state.clips)
  const modelsProblem = useCatalogue((state) => state.modelsProblem)
  if (phase === 'elsewhere') return <p className={WAITING}>{OTHER_TAB_LABELS}</p>
  if (exhausted) {
    return (
      <p className={WAITING}>
        All pairs of these clips have been shown. Export the labels, or end the session and start
        one with another agent.
      </p>
    )
  }
  const failed = problem ?? modelsProblem
  if (failed !== undefined) {
    return (
      <div className={WAITING} role="alert">
        <span>{failed}</span>
        <Button
          size="xs"
          onClick={() =>
            void (modelsProblem === undefined ? desk?.retryClips() : desk?.loadModels())
          }
        >
          Try again
        </Button>
      </div>
    )
  }
  return (
    <p className={WAITING}>
      <Loader size="xs" />
      {phase === 'opening'
        ? 'Loading saved labels…'
        : `The agent is playing ${clips > 0 ? 'more' : 'the first'} clips…`}
    </p>
  )
}
