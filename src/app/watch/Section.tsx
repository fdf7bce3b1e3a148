import type { ReactNode } from 'react'
import classes from './Card.module.css'

interface SectionProps {
  readonly title: string
  /** Beside the title, however it stands. */
  readonly aside?: ReactNode
  readonly open?: boolean
  readonly children: ReactNode
  onToggle?(open: boolean): void
}

/** A card that can be folded away: what not everybody needs is closed at first. */
export function Section({ title, aside, open = false, children, onToggle }: SectionProps) {
  return (
    <details
      className={classes.card}
      open={open}
      onToggle={({ currentTarget }) => onToggle?.(currentTarget.open)}
    >
      <summary className={classes.summary}>
        <h2 className={classes.title}>{title}</h2>
        {aside ? <span className={classes.count}>{aside}</span> : null}
      </summary>
      <div className={classes.content}>{children}</div>
    </details>
  )
}
