/** Training data from this browser's labels and clips, with its digest for the plan. */

import { decisive } from '../../alignment/comparisons.ts'
import type { Clip } from '../../alignment/labels/index.ts'
import { currentLabels, type Label, toComparisons } from '../../alignment/labels/index.ts'
import { type IslandMap, mapDigest } from '../../island/index.ts'
import { sha256Of } from '../../lab/models/sha256.ts'
import type { LabelSource, TrainingData, TrainingPlan } from '../../procedure/training/index.ts'
import { encodeRunData, readClips, readLabels } from '../../storage/index.ts'
import { grouped } from '../../study/grouped.ts'
import { labDatabase } from '../data/database.ts'

export type PeoplesLabels = Extract<LabelSource, { kind: 'people' }>
type ClipsOfPlan = Extract<TrainingPlan, { kind: 'fine-tune' }>['clips']

/** Labels of one question: their entry in a plan, and the clips and comparisons themselves. */
export interface LabelData {
  readonly labels: PeoplesLabels
  readonly data: TrainingData
}

/** Labels of one question, and how many of its pairs were left out. */
export interface OwnLabels extends LabelData {
  /** Number of pairs labelled “cannot tell”, which are not trained on. */
  readonly cannotTell: number
}

/** Labels of one question on one island. */
interface LabelsOfIsland extends OwnLabels {
  /** Island of the clips; undefined for the first one. */
  readonly island: IslandMap | undefined
}

/** All of a labeller's labels of one question. */
export interface AnsweredQuestion extends OwnLabels {
  /** The same labels by island; empty where their clips are all of one island. */
  readonly byIsland: readonly LabelsOfIsland[]
}

/** Placeholder for the digest on insecure pages, where browsers cannot compute one. */
export const NO_DIGEST = '0'.repeat(64)

/** Reads this browser's labels by question, the question with the most decisive labels first. */
export async function labelsByQuestion(): Promise<readonly AnsweredQuestion[]> {
  const database = await labDatabase()
  const [labels, clips] = await Promise.all([readLabels(database), readClips(database)])
  const fresh = currentLabels(labels.records).filter(({ kind }) => kind === 'fresh')
  const islands = new Map(clips.records.map(({ id, island }) => [id, island]))
  const all = await Promise.all(
    [...grouped(fresh, ({ question }) => question)].map(async ([question, answers]) => {
      const ownLabels = async (some: readonly Label[]): Promise<OwnLabels> => ({
        ...(await labelData(question, some, clips.records)),
        cannotTell: some.filter(({ verdict }) => verdict === 'cannot tell').length,
      })
      const usable = answers.filter(
        ({ first, second }) => islands.has(first) && islands.has(second),
      )
      const places = grouped(usable, ({ first }) => digestOfIsland(islands.get(first)))
      const byIsland = [...places.values()].map(async (some) => ({
        ...(await ownLabels(some)),
        island: islands.get(some[0]?.first ?? ''),
      }))
      return {
        ...(await ownLabels(answers)),
        byIsland: places.size > 1 ? await Promise.all(byIsland) : [],
      }
    }),
  )
  return all.toSorted((a, b) => b.labels.decisive - a.labels.decisive)
}

function digestOfIsland(island: IslandMap | undefined): string {
  return island === undefined ? 'first' : mapDigest(island)
}

/** Builds training data from the labels of one question; labels whose clips are missing are left out. */
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
      ...placeOf(data),
    },
    data,
  }
}

/** Returns the field of a plan that says whether any of the clips are of other islands than the first. */
export function placeOf({ clips }: TrainingData): { readonly elsewhere?: true } {
  return clips.some(({ island }) => island !== undefined) ? { elsewhere: true } : {}
}

/** Builds training data from clips to imitate. */
export async function clipData(
  clips: readonly Clip[],
): Promise<{ readonly clips: ClipsOfPlan; readonly data: TrainingData }> {
  const data = { clips, comparisons: [] }
  return { clips: { count: clips.length, sha256: await digestOf(data) }, data }
}

/** Resolves to the SHA-256 of training data; 64 zeros on insecure pages. */
export async function digestOf(data: TrainingData): Promise<string> {
  return (await sha256Of(encodeRunData(data))) ?? NO_DIGEST
}
