/** Store of the Train page: labels in this browser, and messages; also loads models and plays. */
import { create } from 'zustand'
import type { AggregationMethod } from '../../study/statistics/aggregate.ts'
import { loadModels } from '../data/catalogue.ts'
import { labDatabase } from '../data/database.ts'
import { importLabelFiles } from '../data/import-labels.ts'
import { loadPlays } from '../data/plays.ts'
import { loadShelf } from '../data/shelf.ts'
import { problemOf } from '../sentences.ts'
import { type AnsweredQuestion, labelsByQuestion } from '../training/labels.ts'
import type { StudyLabels, StudySource } from '../training/study-labels.ts'

export interface MaterialsState {
  /** Questions, the one with the most decisive labels first; undefined until they have been read. */
  readonly answered: readonly AnsweredQuestion[] | undefined
  /** Studies that can be chosen; undefined until they have been read, which a draft with a study starts. */
  readonly studies: readonly StudySource[] | undefined
  /** Labels of the study that was chosen last. */
  readonly study:
    | {
        readonly source: StudySource
        readonly method: AggregationMethod
        /** Undefined if the source is no longer there, or could not be read. */
        readonly labels: StudyLabels | undefined
        /** Why the labels could not be read, as a sentence. */
        readonly problem: string | undefined
      }
    | undefined
  /** Problem with loading or an action, as a sentence. */
  readonly problem: string | undefined
  /** Result of adding the last file, as a sentence. */
  readonly said: string | undefined
}

export const useMaterials = create<MaterialsState>(() => ({
  answered: undefined,
  studies: undefined,
  study: undefined,
  problem: undefined,
  said: undefined,
}))

export async function loadMaterials(): Promise<void> {
  tellProblem(loadModels().then(() => undefined))
  await Promise.all([loadShelf(), loadPlays(), loadAnswers()])
}

async function loadAnswers(): Promise<void> {
  try {
    useMaterials.setState({ answered: await labelsByQuestion() })
  } catch (error) {
    useMaterials.setState({ answered: [], problem: problemOf(error) })
  }
}

/** Imports label files, and shows the result of each. */
export async function importAnswers(files: readonly File[]): Promise<void> {
  const { text } = await importLabelFiles(await labDatabase(), files)
  useMaterials.setState({ said: text })
  await loadAnswers()
}

/** Shows a rejection on the page. */
export function tellProblem(work: Promise<void>): void {
  work.catch((error: unknown) => useMaterials.setState({ problem: problemOf(error) }))
}
