import { Button } from '@mantine/core'
import type { SendingProblem } from '../../../lab/study/sender.ts'
import { Notice } from '../../ui/Notice.tsx'
import type { Participation } from './participation.ts'
import { useParticipation } from './store.ts'

/** Renders why labels are not sent now, and what the labeller can do. */
export function SendingNotice({ participation }: { readonly participation: Participation }) {
  const problem = useParticipation((state) => state.sending?.problem)
  if (!problem) return null
  const isLasting = problem.kind === 'refused' || problem.kind === 'storage'
  return (
    <Notice
      tone={isLasting ? 'problem' : 'warning'}
      role={isLasting ? 'alert' : 'note'}
      action={
        <Button size="xs" variant="default" onClick={() => participation.retrySending()}>
          Try again
        </Button>
      }
    >
      {sentenceOf(problem)}
    </Notice>
  )
}

function sentenceOf({ kind, sentence }: SendingProblem): string {
  if (kind === 'refused') {
    return `The collector does not accept your answers. Save them as a file and send it to the researcher. ${sentence}`
  }
  if (kind === 'full') {
    return 'The server can’t store answers right now. Yours are saved here and will be sent automatically.'
  }
  return sentence
}
