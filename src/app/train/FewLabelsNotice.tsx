import kit from '../ui/kit.module.css'

/**
 * Number of answers that prefer a side from which the notice is no longer shown: with 25, one of three label
 * seeds went astray (docs/methods/in-the-tab.md).
 */
const ENOUGH = 50

interface FewLabelsNoticeProps {
  /** Number of answers that prefer a side. */
  readonly decisive: number
}

/** Renders a link to what few labels teach, where few are chosen. */
export function FewLabelsNotice({ decisive }: FewLabelsNoticeProps) {
  if (decisive === 0 || decisive >= ENOUGH) return null
  return (
    <p className={kit.sentence} role="note">
      Few labels can teach the wrong thing:{' '}
      <a href="#/few-labels">see what happened in real trainings</a>.
    </p>
  )
}
