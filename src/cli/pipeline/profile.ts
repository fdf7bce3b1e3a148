import {
  IMITATION_FIELDS,
  REINFORCEMENT_FIELDS,
  REWARD_FIELDS,
  readRecipe,
} from '../../alignment/index.ts'
import type { Outcome } from '../../island/index.ts'
import type { SizeName } from '../../network/index.ts'
import { CURATED_CLIPS, PRETRAINING_EPISODES } from '../../players/index.ts'
import {
  IMITATION_STAGES,
  type ImitationStage,
  PREFERENCE_FIELDS,
  rewardSteps,
} from '../../procedure/index.ts'
import type { AlignmentSettings } from '../align/chain.ts'

type Recipe = Readonly<Record<string, number | string>>

/** Sizes of everything in a pipeline run. */
export interface Profile {
  readonly size: SizeName
  readonly seed: number
  readonly pretrainingEpisodes: number
  readonly curatedClips: number
  /** Complete recipes of the imitation-learning stages. */
  readonly imitation: Readonly<Record<ImitationStage, Recipe>>
  readonly alignment: AlignmentSettings
  readonly wanted: readonly Outcome[]
  /** Training seeds of each alignment; the one with the median result is shipped. */
  readonly alignmentSeeds: readonly number[]
  readonly evaluationEpisodes: number
  /** Number of episodes from each recovery start. */
  readonly recoveryEpisodes: number
  /** Number of episodes per stage that are searched for gallery examples. */
  readonly galleryEpisodes: number
}

/** Returns complete recipes, so that a changed default counts as a changed setting. */
export function imitation(
  changes: Partial<Record<ImitationStage, Recipe>> = {},
): Record<ImitationStage, Recipe> {
  const of = (stage: ImitationStage) =>
    readRecipe(IMITATION_FIELDS, { ...IMITATION_STAGES[stage], ...changes[stage] })
  return { base: of('base'), 'fine-tuned': of('fine-tuned'), scratch: of('scratch') }
}

/** Returns the settings of an alignment with the given number of comparisons and recipe overrides. */
export function alignmentSettings(
  comparisons: number,
  changes: Partial<Record<'reward' | 'preference' | 'reinforcement', Recipe>> = {},
): AlignmentSettings {
  return {
    comparisons,
    clips: 2000,
    test: { clips: 400, comparisons: 2000 },
    evaluationEpisodes: 1000,
    reward: readRecipe(REWARD_FIELDS, { steps: rewardSteps(comparisons), ...changes.reward }),
    preference: readRecipe(PREFERENCE_FIELDS, changes.preference),
    reinforcement: readRecipe(REINFORCEMENT_FIELDS, changes.reinforcement),
  }
}

/** Returns the profile of the shipped main line. */
function fullProfile(size: SizeName): Profile {
  return {
    size,
    seed: 1,
    pretrainingEpisodes: PRETRAINING_EPISODES,
    curatedClips: CURATED_CLIPS,
    imitation: imitation(),
    alignment: alignmentSettings(1000),
    wanted: ['left', 'right', 'middle'],
    alignmentSeeds: [1, 2, 3],
    evaluationEpisodes: 1000,
    recoveryEpisodes: 300,
    galleryEpisodes: 300,
  }
}

/** Returns a profile that runs every stage once at a small size, in less than a minute, as a smoke test. */
function quickProfile(): Profile {
  return {
    size: 'nano',
    seed: 1,
    pretrainingEpisodes: 1200,
    curatedClips: 12,
    imitation: imitation({
      base: { steps: 120, warmup: 6, clipsPerBatch: 6, peakRate: 4e-3, validationEvery: 120 },
      'fine-tuned': { steps: 20, warmup: 2, validationEvery: 20 },
      scratch: { steps: 20, warmup: 2, validationEvery: 20 },
    }),
    alignment: {
      ...alignmentSettings(80, {
        reward: { steps: 10, warmup: 1 },
        preference: { pool: 40, steps: 10, warmup: 1 },
        reinforcement: { steps: 4, episodesPerUpdate: 8, checkpointEvery: 2 },
      }),
      clips: 100,
      test: { clips: 60, comparisons: 600 },
      evaluationEpisodes: 20,
    },
    wanted: ['left'],
    alignmentSeeds: [1],
    evaluationEpisodes: 20,
    recoveryEpisodes: 4,
    galleryEpisodes: 12,
  }
}

export function profileOf(size: SizeName): Profile {
  return size === 'nano' ? quickProfile() : fullProfile(size)
}
