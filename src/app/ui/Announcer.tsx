import { VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'

interface AnnouncerProps {
  /** Name of the region; needed where a page has several. */
  readonly label?: string
  readonly children: ReactNode
}

/** Visually hidden live region, whose text screen readers read out whenever it changes. */
export function Announcer({ label, children }: AnnouncerProps) {
  return (
    <VisuallyHidden role="status" aria-live="polite" aria-label={label}>
      {children}
    </VisuallyHidden>
  )
}
