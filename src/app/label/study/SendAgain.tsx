import { Button } from '@mantine/core'
import type { Participation } from './participation.ts'
import { useParticipation } from './store.ts'

/** Button that sends every answer once more, as the researcher may ask for; nothing before all was sent. */
export function SendAgain({ participation }: { readonly participation: Participation }) {
  const isSent = useParticipation(({ sending }) => sending?.waiting === 0 && sending.sent > 0)
  return isSent ? (
    <Button size="sm" variant="subtle" color="gray" onClick={() => participation.sendAgain()}>
      Send everything again
    </Button>
  ) : null
}
