import { Button } from '@mantine/core'
import { Fragment } from 'react'
import { AlertIcon } from '../ui/icons.tsx'
import { ANSWER_CHOICES, answerName, answerOf } from './answers.ts'
import type { DeskControls } from './desk-controls.ts'
import classes from './Notice.module.css'
import { useDesk } from './store.ts'

/** Renders a line under the clips, even when empty, so that the layout never shifts. */
export function Notice({ desk }: { readonly desk: DeskControls | undefined }) {
  const saveProblem = useDesk((state) => state.saveProblem)
  const storageProblem = useDesk((state) => state.storageProblem)
  const unsaved = useDesk((state) => state.unsaved)
  const revisits = useDesk((state) => state.onDesk?.revisits)
  const number = useDesk((state) => state.onDesk?.number)
  const scale = useDesk((state) => state.scale)
  if (saveProblem !== undefined) {
    return (
      <div className={classes.notice} data-kind="problem" role="alert">
        <AlertIcon />
        <span>
          {saveProblem} {keptSentence(unsaved)}
        </span>
        <Button size="compact-sm" variant="default" onClick={() => desk?.storage.retry()}>
          Try again
        </Button>
      </div>
    )
  }
  if (storageProblem !== undefined) {
    return (
      <div className={classes.notice} data-kind="problem" role="alert">
        <AlertIcon />
        <span>{storageProblem}</span>
        <Button size="compact-sm" variant="default" onClick={() => desk?.storage.dismiss()}>
          Dismiss
        </Button>
      </div>
    )
  }
  if (revisits) {
    return (
      <div className={classes.notice} data-kind="revisit">
        <span>
          Pair {number} again: you answered <b>{answerName(answerOf(revisits), scale)}</b>. Answer
          again to change it.
        </span>
        <Button size="compact-sm" variant="default" onClick={() => desk?.pairs.leave()}>
          Continue (Esc)
        </Button>
      </div>
    )
  }
  return <Quiet />
}

/** Renders the hints for a desk without problems. */
function Quiet() {
  const begun = useDesk((state) => state.begun)
  const hasPair = useDesk((state) => state.onDesk !== undefined)
  const number = useDesk((state) => state.onDesk?.number ?? 0)
  const goal = useDesk((state) => state.session?.goal ?? 0)
  const scale = useDesk((state) => state.scale)
  const explained = ANSWER_CHOICES[scale].filter(({ hint }) => hint !== undefined)
  if (hasPair && !begun) {
    return <div className={classes.notice}>Press Enter to start, then answer.</div>
  }
  if (begun && number === goal + 1) {
    return (
      <div className={classes.notice} data-kind="done">
        You reached the goal of {goal}. Keep going or take a break.
      </div>
    )
  }
  if (!begun || !hasPair) return <div className={classes.notice} />
  return (
    <div className={classes.notice}>
      <span>
        {explained.map(({ answer, name, hint }) => (
          <Fragment key={answer}>
            <b>{name}</b>: {hint}.{' '}
          </Fragment>
        ))}
      </span>
    </div>
  )
}

function keptSentence(unsaved: number): string {
  return unsaved === 1
    ? 'One answer is kept in this tab until it can be saved: do not close the tab.'
    : `${unsaved} answers are kept in this tab until they can be saved: do not close the tab.`
}
