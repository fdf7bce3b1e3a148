import type { ReactNode } from 'react'
import { AlertIcon } from './icons.tsx'
import classes from './Notice.module.css'

interface NoticeProps {
  /** Tint of the notice: what to mind, or what went wrong; without one it is a surface of the page. */
  readonly tone?: 'warning' | 'problem'
  readonly role?: 'alert' | 'status' | 'note'
  /** Whether it has no icon. */
  readonly plain?: boolean
  /** Button that does something about it. */
  readonly action?: ReactNode
  readonly children: ReactNode
}

/** A sentence that is to be noticed, in a box of its own. */
export function Notice({ tone, role, plain, action, children }: NoticeProps) {
  return (
    <div className={classes.notice} data-tone={tone} role={role}>
      {plain ? null : <AlertIcon />}
      <span className={classes.words}>{children}</span>
      {action}
    </div>
  )
}
