/** What this browser's labels and clips hold for a training, as data with a digest for the plan. */

import { decisive } from '../../alignment/comparisons.ts'
import type { Clip } from '../../alignment/labels/index.ts'
import { currentLabels, type Label, toComparisons } from '../../alignment/labels/index.ts'
import { sha256Of } from '../../lab/models/sha256.ts'
import type { LabelSource, TrainingData, TrainingPlan } from '../../procedure/training/index.ts'
import { encodeRunData, readClips, readLabels } from '../../storage/index.ts'
import { labDatabase } from '../data/database.ts'

export type PeoplesLabels = Extract<LabelSource, { kind: 'people' }>
type ClipsOfPlan = Extract<TrainingPlan, { kind: 'fine-tune' }>['clips']

/** Labels of one question: what a plan says of them, and the clips and comparisons themselves. */
export interface LabelData {
  readonly labels: PeoplesLabels
  readonly data: TrainingData
}

/** Labels that cannot be told apart by digest have this one: pages that are not secure have none. */
const NO_DIGEST = '0'.repeat(64)

/** The labels of this browser, those of each question by itself, the question with most first. */
export async function labelsByQuestion(): Promise<readonly LabelData[]> {
  const database = await labDatabase()
  const [labels, clips] = await Promise.all([readLabels(database), readClips(database)])
  const fresh = currentLabels(labels.records).filter(({ kind }) => kind === 'fresh')
  const questions = [...new Set(fresh.map(({ question }) => question))]
  const all = await Promise.all(
    questions.map((question) =>
      labelData(
        question,
        fresh.filter((label) => label.question === question),
        clips.records,
      ),
    ),
  )
  return all.toSorted((a, b) => b.labels.decisive - a.labels.decisive)
}

/** The labels of one question, or of the one with most labels; undefined where there are none. */
export async function currentLabelData(question?: string): Promise<LabelData | undefined> {
  const all = await labelsByQuestion()
  return question === undefined ? all[0] : all.find(({ labels }) => labels.question === question)
}

/** Labels of one question as a training takes them; those whose clips are not kept are left out. */
export async function labelData(
  question: string,
  labels: readonly Label[],
  clips: readonly Clip[],
): Promise<LabelData> {
  const known = new Map(clips.map((clip) => [clip.id, clip]))
  const usable = labels.filter(({ first, second }) => known.has(first) && known.has(second))
  const spoken = [...new Set(usable.flatMap(({ first, second }) => [first, second]))]
  const places = new Map(spoken.map((id, index) => [id, index]))
  const comparisons = toComparisons(usable, places)
  const data = { clips: spoken.flatMap((id) => known.get(id) ?? []), comparisons }
  return {
    labels: {
      kind: 'people',
      question,
      comparisons: comparisons.length,
      decisive: decisive(comparisons).length,
      sha256: await digestOf(data),
    },
    data,
  }
}

/** Clips to imitate as a training takes them. */
export async function clipData(
  clips: readonly Clip[],
): Promise<{ readonly clips: ClipsOfPlan; readonly data: TrainingData }> {
  const data = { clips, comparisons: [] }
  return { clips: { count: clips.length, sha256: await digestOf(data) }, data }
}

/** SHA-256 of the clips and comparisons of a training. */
export async function digestOf(data: TrainingData): Promise<string> {
  return (await sha256Of(encodeRunData(data))) ?? NO_DIGEST
}
