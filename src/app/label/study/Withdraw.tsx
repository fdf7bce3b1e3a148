import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import type { Participation } from './participation.ts'

interface WithdrawProps {
  readonly participation: Participation
  /** Whether the button is offered as a way to stop, rather than to withdraw. */
  readonly asStop?: boolean
}

/** Button with which a labeller withdraws, pressed twice. */
export function Withdraw({ participation, asStop = false }: WithdrawProps) {
  const confirmation = asStop ? 'Stop and withdraw?' : 'Withdraw now?'
  return (
    <ConfirmButton
      size="sm"
      first={
        asStop
          ? { words: 'Stop here', name: 'Stop here and withdraw from the study' }
          : { words: 'Withdraw', name: 'Withdraw from the study' }
      }
      then={{
        words: confirmation,
        name: `${confirmation} Your answers are then excluded from every result.`,
      }}
      onConfirm={() => participation.withdraw()}
    />
  )
}
