import type { ReactNode } from 'react'
import classes from './FoldedCard.module.css'
import kit from './kit.module.css'

interface FoldedCardProps {
  readonly title: string
  /** Content beside the title, shown whether the card is open or not. */
  readonly aside?: ReactNode
  readonly open?: boolean
  readonly children: ReactNode
  onToggle?(open: boolean): void
}

/** Collapsible card, for content that not every visitor needs. */
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
