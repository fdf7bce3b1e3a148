import type { StudyEntry } from '../../../storage/index.ts'

export function ResultsView({ entry }: { readonly entry: StudyEntry }) {
  return <p>{entry.study.title}</p>
}
