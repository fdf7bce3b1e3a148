import { VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'

interface AnnouncerProps {
  /** Name of the region; needed where a page has several. */
  readonly label?: string
  readonly children: ReactNode
}

/** Region that only screen readers have, which they read out whenever its text changes. */
export function Announcer({ label, children }: AnnouncerProps) {
  return (
    <VisuallyHidden role="status" aria-live="polite" aria-label={label}>
      {children}
    </VisuallyHidden>
  )
}
