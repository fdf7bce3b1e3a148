import { Notice } from '../../ui/Notice.tsx'
import { useParticipation } from './store.ts'

/** Marks the researcher's trial. */
export function TrialNotice() {
  const isTrial = useParticipation((state) => state.isTrial)
  return isTrial ? (
    <Notice tone="warning" role="note">
      <b>Trial:</b> nothing is saved or sent.
    </Notice>
  ) : null
}
