import type { ReactNode } from 'react'
import classes from './Scroller.module.css'

interface ScrollerProps {
  /** Accessible name of what scrolls. */
  readonly name: string
  readonly children: ReactNode
}

/** Region around a table that scrolls where the table is wider, by keyboard too. */
export function Scroller({ name, children }: ScrollerProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className={classes.scroller} aria-label={`${name}, scrollable`} tabIndex={0}>
      {children}
    </section>
  )
}
