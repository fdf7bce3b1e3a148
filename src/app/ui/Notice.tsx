import type { ReactNode } from 'react'
import { AlertIcon } from './icons.tsx'
import classes from './Notice.module.css'

interface NoticeProps {
  /** Tint for a warning or a problem; without it the notice looks like any surface of the page. */
  readonly tone?: 'warning' | 'problem'
  readonly role?: 'alert' | 'status' | 'note'
  /** Whether to omit the icon. */
  readonly plain?: boolean
  /** Button that responds to the notice, such as “Try again”. */
  readonly action?: ReactNode
  readonly children: ReactNode
}

/** Highlighted message in a box. */
export function Notice({ tone, role, plain, action, children }: NoticeProps) {
  return (
    <div className={classes.notice} data-tone={tone} role={role}>
      {plain ? null : <AlertIcon />}
      <span className={classes.words}>{children}</span>
      {action}
    </div>
  )
}
