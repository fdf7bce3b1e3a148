import { Box } from '@mantine/core'
import { currentLabels } from '../../alignment/labels/index.ts'
import kit from '../ui/kit.module.css'
import { useDesk } from './store.ts'
import classes from './TopBar.module.css'

/** Renders the number of the pair on the desk, and how much of the session is answered. */
export function DeskProgress({ what = 'Pair' }: { readonly what?: string }) {
  const session = useDesk((state) => state.session)
  const log = useDesk((state) => state.log)
  const number = useDesk((state) => state.onDesk?.number)
  const goal = session?.goal ?? 0
  const answered = currentLabels(log.filter((label) => label.session === session?.id)).length
  const part = goal > 0 ? Math.min(1, answered / goal) : 0
  return (
    <div className={classes.progress}>
      <span className={classes.pair}>
        {number === undefined ? 'No pair yet' : `${what} ${number}`}
        <span className={kit.faint}>{goalWords(number ?? 0, goal)}</span>
      </span>
      <Box
        className={kit.track ?? ''}
        flex={1}
        visibleFrom="sm"
        role="progressbar"
        aria-label="Progress to the goal"
        aria-valuemin={0}
        aria-valuemax={goal}
        aria-valuenow={Math.min(answered, goal)}
      >
        <div className={`${kit.done} ${classes.part}`} style={{ transform: `scaleX(${part})` }} />
      </Box>
    </div>
  )
}

/** Returns ` of 50` up to the goal, `, goal of 50 reached` beyond it, and nothing without a goal. */
function goalWords(number: number, goal: number): string {
  if (goal <= 0) return ''
  return number <= goal ? ` of ${goal}` : `, goal of ${goal} reached`
}
