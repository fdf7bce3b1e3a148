/** Study whose labels a training uses, loaded when the draft names one. */
import { useEffect } from 'react'
import { messageOf } from '../../lab/worker/errors.ts'
import { METHODS } from '../../procedure/training/index.ts'
import { removeStudyResult } from '../../storage/index.ts'
import { labDatabase } from '../data/database.ts'
import type { StudyLabels, StudySource } from '../training/study-labels.ts'
import { changeDraft, type Draft } from './draft.ts'
import { useMaterials } from './materials.ts'

/** Code that reads studies, which the page loads only if one is used. */
const studyLabels = () => import('../training/study-labels.ts')

/** Source that is chosen, and its labels once they are aggregated. */
export interface ChosenStudy {
  readonly source: StudySource
  readonly labels: StudyLabels | undefined
}

/** Returns the chosen study and loads its labels; undefined if the draft uses other labels or there is none. */
export function useStudyLabels({ job, labels, study, method }: Draft): ChosenStudy | undefined {
  const asked = labels === 'study' && METHODS[job].material === 'labels'
  const sources = useMaterials((state) => state.studies)
  const found = useMaterials((state) => state.study)
  useEffect(() => {
    if (asked && sources === undefined) void loadSources()
  }, [asked, sources])
  const source = asked ? sourceNamed(sources ?? [], study) : undefined
  const used = source?.fixedMethod ?? method
  useEffect(() => {
    if (source) void loadLabels(source, used)
  }, [source, used])
  const isCurrent = found?.source === source && found?.method === used
  return source && { source, labels: isCurrent ? found?.labels : undefined }
}

/** Returns the source with an id, or else of the study with that id; the first for no id. */
function sourceNamed(sources: readonly StudySource[], id: string): StudySource | undefined {
  if (id === '') return sources[0]
  return sources.find((each) => each.id === id) ?? sources.find((each) => each.study === id)
}

async function loadSources(): Promise<void> {
  try {
    const { studySources } = await studyLabels()
    useMaterials.setState({ studies: await studySources(await labDatabase()) })
  } catch (error) {
    useMaterials.setState({ studies: [], problem: messageOf(error) })
  }
}

async function loadLabels(source: StudySource, method: Draft['method']): Promise<void> {
  try {
    const { labelsOfSource } = await studyLabels()
    const labels = await labelsOfSource(await labDatabase(), source, method)
    useMaterials.setState({ study: { source, method, labels } })
  } catch (error) {
    useMaterials.setState({ problem: messageOf(error) })
  }
}

/** Imports a file with the result of a study, and chooses it. */
export async function takeResult(file: File): Promise<void> {
  useMaterials.setState({ problem: undefined, said: undefined })
  try {
    const { importStudyResult } = await studyLabels()
    const bytes = new Uint8Array(await file.arrayBuffer())
    const { id, title } = await importStudyResult(await labDatabase(), bytes)
    await loadSources()
    changeDraft({ labels: 'study', study: id })
    useMaterials.setState({ said: `The result of “${title}” is saved in this browser and chosen.` })
  } catch (error) {
    useMaterials.setState({ problem: messageOf(error) })
  }
}

/** Removes an imported result from this browser. */
export async function removeResult({ id, title }: StudySource): Promise<void> {
  try {
    await removeStudyResult(await labDatabase(), id)
    await loadSources()
    changeDraft({ study: '' })
    useMaterials.setState({ said: `The imported result of “${title}” is removed.` })
  } catch (error) {
    useMaterials.setState({ problem: messageOf(error) })
  }
}
