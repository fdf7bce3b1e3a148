import { PAIR_STATES, type PairOverview, type PairState } from '../../../study/index.ts'
import { whole } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import classes from './Progress.module.css'

export const PAIR_STATE_WORDS: Readonly<Record<PairState, string>> = {
  waiting: 'waiting',
  taken: 'being answered',
  done: 'done',
  disputed: 'disputed',
  decided: 'decided by you',
}

const ORDER: readonly PairState[] = ['done', 'decided', 'disputed', 'taken', 'waiting']

/** States of all pairs as a stacked bar, with a legend that has the numbers. */
export function PairStates({ pairs }: { readonly pairs: readonly PairOverview[] }) {
  const count = (state: PairState) => pairs.filter((pair) => pair.state === state).length
  const shown = ORDER.filter((state) => count(state) > 0)
  return (
    <div className={kit.stack} data-tight>
      <div className={classes.states} aria-hidden="true">
        {shown.map((state) => (
          <span key={state} data-state={state} style={{ flexGrow: count(state) }} />
        ))}
      </div>
      <ul className={kit.legend} data-small aria-label="Pairs by state">
        {PAIR_STATES.map((state) => (
          <li key={state} className={kit.item}>
            <span className={classes.mark} data-state={state} aria-hidden="true" />
            {whole(count(state))} {PAIR_STATE_WORDS[state]}
          </li>
        ))}
      </ul>
    </div>
  )
}
