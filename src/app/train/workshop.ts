/** What a training can be made from: models, labels and plays that there are. */
import { create } from 'zustand'
import { currentLabels, type Label } from '../../alignment/labels/index.ts'
import { messageOf } from '../../lab/errors.ts'
import { importLabels, readLabels } from '../../storage/index.ts'
import { mergeSentence } from '../label/transfer.ts'
import { loadManifest } from '../site.ts'
import { useWatch } from '../stores/watch.ts'
import { labDatabase } from '../watch/database.ts'
import { loadPlays } from '../watch/own-plays.ts'
import { loadShelf } from '../watch/shelf.ts'

/** Answers to one question that a reward model could learn from, corrections folded in. */
export interface AnsweredQuestion {
  readonly question: string
  readonly decisive: number
  readonly ties: number
  readonly cannotTell: number
}

export interface WorkshopState {
  /** The most answered question first; undefined until they were read. */
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
    useWorkshop.setState({ answered: answeredIn(records) })
  } catch (error) {
    useWorkshop.setState({ answered: [], problem: messageOf(error) })
  }
}

/** What was answered to each question; re-shows and golden pairs train nothing and are left out. */
export function answeredIn(log: readonly Label[]): AnsweredQuestion[] {
  const found = new Map<string, AnsweredQuestion>()
  for (const { kind, question, verdict } of currentLabels(log)) {
    if (kind !== 'fresh') continue
    const before = found.get(question) ?? { question, decisive: 0, ties: 0, cannotTell: 0 }
    found.set(question, {
      question,
      decisive: before.decisive + Number(verdict === 'first' || verdict === 'second'),
      ties: before.ties + Number(verdict === 'tie'),
      cannotTell: before.cannotTell + Number(verdict === 'cannot tell'),
    })
  }
  return [...found.values()].toSorted((a, b) => b.decisive + b.ties - a.decisive - a.ties)
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
