import classes from './ShareBar.module.css'

export interface ShareBarProps {
  /** All shares are 0…1. */
  readonly share: number
  readonly colour: string
  readonly interval?: { readonly low: number; readonly high: number } | undefined
  /** Reference value of the share, 0…1: the paper's, or chance. */
  readonly mark?: number | undefined
  /** Same share for other training seeds. */
  readonly others?: readonly number[] | undefined
}

/** Share as a bar with its interval; hidden from screen readers, as the numbers are beside it. */
export function ShareBar({ share, colour, interval, mark, others = [] }: ShareBarProps) {
  return (
    <div className={classes.track} aria-hidden="true">
      <div className={classes.bar} style={{ width: at(share), background: colour }} />
      {interval ? (
        <div
          className={classes.interval}
          style={{ left: at(interval.low), width: at(interval.high - interval.low) }}
        />
      ) : null}
      {others.map((other, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: training seeds in their order
        <div key={index} className={classes.other} style={{ left: at(other) }} />
      ))}
      {mark === undefined ? null : <div className={classes.mark} style={{ left: at(mark) }} />}
    </div>
  )
}

function at(share: number): string {
  return `${100 * share}%`
}
