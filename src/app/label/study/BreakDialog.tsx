import { Button, Group, Modal, Text } from '@mantine/core'
import { countOf } from '../../ui/format.ts'
import { useDesk } from '../store.ts'
import type { PairsDesk } from './pairs-desk.ts'
import { useParticipation } from './store.ts'

/** Suggests a break; the time until it is closed does not count as time for the pair. */
export function BreakDialog({ desk }: { readonly desk: PairsDesk | undefined }) {
  const answered = useParticipation((state) => state.breakAfter)
  const goal = useDesk((state) => state.session?.goal ?? 0)
  return (
    <Modal
      opened={answered !== undefined}
      onClose={() => desk?.endBreak()}
      title="Time for a break?"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Text>
        You have answered {answered ?? 0} of {countOf(goal, 'pair')}. Rest your eyes for a moment:
        your answers are saved, and the time does not count.
      </Text>
      <Group mt="md" justify="flex-end">
        <Button data-autofocus onClick={() => desk?.endBreak()}>
          Continue
        </Button>
      </Group>
    </Modal>
  )
}
