import { Button } from '@mantine/core'
import { Notice } from '../../ui/Notice.tsx'
import type { Participation } from './participation.ts'
import { useParticipation } from './store.ts'

/** Renders why labels are not sent now, and what the labeller can do. */
export function SendingNotice({ participation }: { readonly participation: Participation }) {
  const problem = useParticipation((state) => state.sending?.problem)
  if (!problem) return null
  return (
    <Notice
      tone={problem.kind === 'refused' ? 'problem' : 'warning'}
      role={problem.kind === 'refused' ? 'alert' : 'note'}
      action={
        <Button size="xs" variant="default" onClick={() => participation.retrySending()}>
          Try again
        </Button>
      }
    >
      {problem.sentence}
    </Notice>
  )
}
