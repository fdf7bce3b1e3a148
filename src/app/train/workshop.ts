/** What a training can be made from: models, labels and plays that there are. */
import { create } from 'zustand'
import { currentLabels } from '../../alignment/labels/index.ts'
import { messageOf } from '../../lab/worker/errors.ts'
import { readLabels } from '../../storage/index.ts'
import { loadModels } from '../data/catalogue.ts'
import { labDatabase } from '../data/database.ts'
import { importLabelFiles } from '../data/import-labels.ts'
import { loadPlays } from '../data/plays.ts'
import { loadShelf } from '../data/shelf.ts'
import { type LabelData, labelsByQuestion } from '../training/labels.ts'

/** Answers to one question, and what a reward model would learn from them. */
export interface AnsweredQuestion extends LabelData {
  /** Pairs that the labeller could not tell, which train nothing. */
  readonly cannotTell: number
}

export interface WorkshopState {
  /** The question with most preferences first; undefined until they were read. */
  readonly answered: readonly AnsweredQuestion[] | undefined
  /** Why something is not there. */
  readonly problem: string | undefined
  /** What became of the last file, as a sentence. */
  readonly said: string | undefined
}

export const useWorkshop = create<WorkshopState>(() => ({
  answered: undefined,
  problem: undefined,
  said: undefined,
}))

export async function loadWorkshop(): Promise<void> {
  tellProblem(loadModels().then(() => undefined))
  await Promise.all([loadShelf(), loadPlays(), loadAnswers()])
}

async function loadAnswers(): Promise<void> {
  try {
    const { records } = await readLabels(await labDatabase())
    const unsure = currentLabels(records).filter(
      ({ kind, verdict }) => kind === 'fresh' && verdict === 'cannot tell',
    )
    const answered = (await labelsByQuestion()).map((found) => ({
      ...found,
      cannotTell: unsure.filter(({ question }) => question === found.labels.question).length,
    }))
    useWorkshop.setState({ answered })
  } catch (error) {
    useWorkshop.setState({ answered: [], problem: messageOf(error) })
  }
}

/** Imports files of labels, and shows what became of each. */
export async function importAnswers(files: readonly File[]): Promise<void> {
  const { text } = await importLabelFiles(await labDatabase(), files)
  useWorkshop.setState({ said: text })
  await loadAnswers()
}

/** Shows why some work failed. */
export function tellProblem(work: Promise<void>): void {
  work.catch((error: unknown) => useWorkshop.setState({ problem: messageOf(error) }))
}
