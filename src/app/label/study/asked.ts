/** Study that the address of the desk leads to: an invitation, or a trial of the researcher's own study. */
import { useMemo } from 'react'
import { INVITATION_PARAMETER } from '../../../collector/invitation.ts'
import { useRoute } from '../../stores/route.ts'

/** Parameter with the id of a study in this browser that the researcher tries. */
const TRIAL_PARAMETER = 'try'

export type AskedStudy =
  | { readonly kind: 'invitation'; readonly text: string }
  | { readonly kind: 'trial'; readonly id: string }

/** Returns the same object for as long as the address asks for the same; undefined for the own desk. */
export function useAskedStudy(): AskedStudy | undefined {
  const invitation = useRoute((route) => route.params.get(INVITATION_PARAMETER))
  const trial = useRoute((route) => route.params.get(TRIAL_PARAMETER))
  return useMemo(() => {
    if (invitation !== null) return { kind: 'invitation', text: invitation }
    return trial === null ? undefined : { kind: 'trial', id: trial }
  }, [invitation, trial])
}
