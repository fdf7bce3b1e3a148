import type { ReactNode } from 'react'
import classes from './FoldedCard.module.css'
import kit from './kit.module.css'

interface FoldedCardProps {
  readonly title: string
  /** Beside the title, however it stands. */
  readonly aside?: ReactNode
  readonly open?: boolean
  readonly children: ReactNode
  onToggle?(open: boolean): void
}

/** A card that can be folded away: what not everybody needs is closed at first. */
export function FoldedCard({ title, aside, open = false, children, onToggle }: FoldedCardProps) {
  return (
    <details
      className={`${kit.surface} ${classes.card}`}
      open={open}
      onToggle={({ currentTarget }) => onToggle?.(currentTarget.open)}
    >
      <summary className={classes.summary}>
        <h2 className={kit.asideTitle}>{title}</h2>
        {aside ? <span className={classes.count}>{aside}</span> : null}
      </summary>
      <div className={kit.stack}>{children}</div>
    </details>
  )
}
