import { VisuallyHidden } from '@mantine/core'
import { useWatch } from '../stores/watch.ts'

/** Says what happens to those who do not see it. */
export function Announcer() {
  const announcement = useWatch((state) => state.announcement)
  return (
    <VisuallyHidden role="status" aria-label="What happens" aria-live="polite">
      {announcement}
    </VisuallyHidden>
  )
}
