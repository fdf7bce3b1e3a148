import { ConfirmButton } from '../../ui/ConfirmButton.tsx'
import type { Participation } from './participation.ts'

/** Button with which a labeller withdraws, pressed twice. */
export function Withdraw({ participation }: { readonly participation: Participation }) {
  return (
    <ConfirmButton
      size="sm"
      first={{ words: 'Withdraw', name: 'Withdraw from the study' }}
      then={{
        words: 'Withdraw now?',
        name: 'Withdraw from the study now: none of your answers is used',
      }}
      onConfirm={() => participation.withdraw()}
    />
  )
}
