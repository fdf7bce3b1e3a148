import { percent } from './format.ts'
import { ShareBar, type ShareBarProps } from './ShareBar.tsx'
import classes from './ShareTable.module.css'

interface ShareCellsProps extends Omit<ShareBarProps, 'share'> {
  /** Share, 0…1; undefined where it was not measured. */
  readonly share: number | undefined
  /** Class of the cell with the interval. */
  readonly intervalClass?: string | undefined
}

/** Three cells of a table of shares: the bar, the share in percent, and its interval. */
export function ShareCells({ share, intervalClass = '', ...bar }: ShareCellsProps) {
  const { interval } = bar
  return (
    <>
      <td className={classes.bar}>
        <ShareBar share={share ?? 0} {...bar} />
      </td>
      <td className={classes.share}>{share === undefined ? '–' : percent(share)}</td>
      <td className={`${classes.interval} ${intervalClass}`}>
        {interval ? `${percent(interval.low)}–${percent(interval.high)}` : '–'}
      </td>
    </>
  )
}
