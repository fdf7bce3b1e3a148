import type { Outcome } from '../../island/index.ts'
import { HOME_ENDINGS } from '../../island/index.ts'
import type { TooFewRun } from '../../procedure/too-few-labels.ts'
import { endingColour, endingName } from '../sentences.ts'
import { EndingIcon } from '../shell/EndingIcon.tsx'
import { percent } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import shares from '../ui/ShareTable.module.css'
import classes from './FewLabels.module.css'

interface RewardTableProps {
  readonly run: TooFewRun
  readonly prefer: Outcome
}

/** Renders the mean reward of fresh clips by ending, and how often a preferred clip scores higher. */
export function RewardTable({ run: { reward, labels }, prefer }: RewardTableProps) {
  const { byEnding, against } = reward
  const endings = HOME_ENDINGS.filter((ending) => byEnding[ending] !== undefined).sort(
    (a, b) => (byEnding[b]?.mean ?? 0) - (byEnding[a]?.mean ?? 0),
  )
  const most = Math.max(...endings.map((ending) => Math.abs(byEnding[ending]?.mean ?? 0)))
  return (
    <table
      className={`${shares.table} ${classes.rewards}`}
      aria-label={`Mean reward by ending, of the reward model from ${labels} labels`}
    >
      <thead>
        <tr>
          <th scope="col">Clip ended at</th>
          <td />
          <th scope="col">Mean reward</th>
          <th scope="col">Scored below {prefer}</th>
        </tr>
      </thead>
      <tbody>
        {endings.map((ending) => {
          const mean = byEnding[ending]?.mean ?? 0
          const beaten = ending === prefer ? undefined : against[ending]
          return (
            <tr key={ending}>
              <th scope="row">
                <span className={kit.item}>
                  <EndingIcon ending={ending} colour={endingColour(ending)} />
                  {endingName(ending)}
                </span>
              </th>
              <td className={shares.bar}>
                <Bar part={most > 0 ? mean / most : 0} colour={endingColour(ending)} />
              </td>
              <td className={shares.share}>{mean.toFixed(2)}</td>
              <td>{beaten ? `${percent(beaten.accuracy)} %` : '–'}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Renders a bar to the right of the middle for a positive `part`, −1…1, and to its left for a negative one. */
function Bar({ part, colour }: { readonly part: number; readonly colour: string }) {
  const width = 50 * Math.abs(part)
  return (
    <div className={classes.track} aria-hidden="true">
      <div
        className={classes.bar}
        style={{ left: `${part < 0 ? 50 - width : 50}%`, width: `${width}%`, background: colour }}
      />
    </div>
  )
}
