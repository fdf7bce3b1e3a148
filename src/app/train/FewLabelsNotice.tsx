import { ENOUGH_LABELS } from '../sentences.ts'
import kit from '../ui/kit.module.css'

interface FewLabelsNoticeProps {
  /** Number of answers that prefer a side. */
  readonly decisive: number
}

/** Renders a link to what few labels teach, where few are chosen. */
export function FewLabelsNotice({ decisive }: FewLabelsNoticeProps) {
  if (decisive === 0 || decisive >= ENOUGH_LABELS) return null
  return (
    <p className={kit.sentence} role="note">
      Few labels can teach the wrong thing:{' '}
      <a href="#/few-labels">see what happened in real trainings</a>.
    </p>
  )
}
