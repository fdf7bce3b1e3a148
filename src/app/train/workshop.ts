/** What a training can be made from: models, labels and plays that there are. */
import { create } from 'zustand'
import { currentLabels } from '../../alignment/labels/index.ts'
import { messageOf } from '../../lab/errors.ts'
import { importLabels, readLabels } from '../../storage/index.ts'
import { mergeSentence } from '../label/transfer.ts'
import { loadManifest } from '../site.ts'
import { useWatch } from '../stores/watch.ts'
import { type LabelData, labelsByQuestion } from '../training/labels.ts'
import { labDatabase } from '../watch/database.ts'
import { loadPlays } from '../watch/own-plays.ts'
import { loadShelf } from '../watch/shelf.ts'

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
  await Promise.all([loadModels(), loadShelf(), loadPlays(), loadAnswers()])
}

async function loadModels(): Promise<void> {
  if (useWatch.getState().models !== undefined) return
  try {
    useWatch.setState({ models: await loadManifest() })
  } catch (error) {
    useWorkshop.setState({ problem: messageOf(error) })
  }
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

/** Merges files of labels into what this browser keeps. */
export async function importLabelFiles(files: readonly File[]): Promise<void> {
  const told: string[] = []
  for (const file of files) {
    try {
      const bytes = new Uint8Array(await file.arrayBuffer())
      told.push(`${file.name}: ${mergeSentence(await importLabels(await labDatabase(), bytes))}`)
    } catch (error) {
      told.push(`${file.name}: ${messageOf(error)}`)
    }
  }
  useWorkshop.setState({ said: told.join(' ') })
  await loadAnswers()
}
