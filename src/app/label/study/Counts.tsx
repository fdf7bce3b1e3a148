import type { SendingProblem } from '../../../lab/study/sender.ts'
import { SavedCount } from '../SavedCount.tsx'
import { useDesk } from '../store.ts'
import classes from './Participation.module.css'
import { useParticipation } from './store.ts'

/** Renders how many labels are saved in this browser, and how many are sent. */
export function Counts() {
  return (
    <div className={classes.counts}>
      <SavedCount before="Saved here:" />
      <Sent />
    </div>
  )
}

const PROBLEM_WORDS: Readonly<Record<SendingProblem['kind'], string>> = {
  away: 'no connection',
  full: 'server full',
  refused: 'refused',
  storage: 'storage failed',
}

/** Renders how many labels the collector has acknowledged; nothing without a collector. */
function Sent() {
  const sending = useParticipation((state) => state.sending)
  const saved = useDesk((state) => state.saved)
  if (!sending) return null
  const { sent, waiting, problem } = sending
  const state = problem?.kind ?? (waiting === 0 ? 'sent' : 'waiting')
  return (
    <div className={classes.sent} data-state={state}>
      <span className={classes.dot} aria-hidden="true" />
      <span role="status" aria-label="Sent labels">
        {sent} of {saved ?? '…'} sent
      </span>
      {problem ? <span>· {PROBLEM_WORDS[problem.kind]}</span> : null}
    </div>
  )
}
