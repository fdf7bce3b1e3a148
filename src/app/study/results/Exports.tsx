import type { StudyEntry } from '../../../storage/index.ts'
import type { StudyLog, StudyResult } from '../../../study/index.ts'
import kit from '../../ui/kit.module.css'

interface ExportsProps {
  readonly entry: StudyEntry
  readonly log: StudyLog
  readonly result: StudyResult
}

/** Files of the result and of everybody's answers. */
export function Exports(_: ExportsProps) {
  return (
    <section className={kit.card} aria-labelledby="exports-title">
      <h2 className={kit.cardTitle} id="exports-title">
        Files
      </h2>
    </section>
  )
}
