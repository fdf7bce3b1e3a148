/**
 * Small trainings for tests: a tiny policy, short clips that start past the jumppads, few updates.
 */
import type { Comparison } from '../../../alignment/index.ts'
import { type Clip, keepAgentClip } from '../../../alignment/labels/index.ts'
import { DIAGONALLY, diagonalPolicy, TINY } from '../../../alignment/testing/tiny-network.ts'
import { encodeAction, Island, rootKey, WORLD_VERSION } from '../../../island/index.ts'
import { parameterLayout } from '../../../network/index.ts'
import type { TrainingData } from '../job.ts'
import { PLAN_VERSION, type TrainingPlan } from '../plan.ts'
import { defaultRecipe } from '../registry.ts'

const layout = parameterLayout(TINY, 'policy')
export const START = { layout, parameters: diagonalPolicy(layout, rootKey(91)) }

const AHEAD = encodeAction({ ...DIAGONALLY, jump: false, attack: false })

/** Makes a clip of at most 14 decisions; some of them reach a jumppad. */
function shortClip(seed: number): Clip {
  const island = new Island({ start: 'past-jumppads', seed })
  const actions: number[] = []
  while (actions.length < 14 && !island.over) {
    island.step(AHEAD)
    actions.push(AHEAD)
  }
  return keepAgentClip(
    {
      worldVersion: WORLD_VERSION,
      start: 'past-jumppads',
      seed,
      actions: Uint16Array.from(actions),
    },
    'ab'.repeat(32),
  )
}

/** Number of pairs, enough for some to be held out. */
const PAIRS = 60

/** Makes clips in pairs, of which one reaches a jumppad; no two pairs share a clip. */
function pairedClips(): Clip[] {
  const reached: Clip[] = []
  const others: Clip[] = []
  for (let seed = 0; Math.min(reached.length, others.length) < PAIRS; seed++) {
    const clip = shortClip(seed)
    const alike = clip.ending === 'none' ? others : reached
    if (alike.length < PAIRS) alike.push(clip)
  }
  return reached.flatMap((clip, pair) => [clip, ...others.slice(pair, pair + 1)])
}

const clips = pairedClips()
const comparisons = Array.from({ length: PAIRS }, (_, pair): Comparison => {
  const [better, worse] = [2 * pair, 2 * pair + 1]
  return pair % 2 === 0
    ? { first: better, second: worse, verdict: 1 }
    : { first: worse, second: better, verdict: 0 }
})
export const DATA: TrainingData = { clips, comparisons }

const LABELS = {
  kind: 'people',
  question: 'Which goes to the middle jumppad?',
  comparisons: comparisons.length,
  decisive: comparisons.length,
  sha256: 'cd'.repeat(32),
} as const

/** Settings of the shortest trainings that still have several checkpoints. */
const SHORT = {
  imitation: { steps: 4, clipsPerBatch: 2, validationEvery: 2 },
  reward: { steps: 4, checkpointEvery: 2, pairsPerBatch: 2 },
  contrastive: { steps: 4, checkpointEvery: 2, pairsPerBatch: 2 },
  preference: { pool: 4, share: 0.5, steps: 2, clipsPerBatch: 2 },
  'best-of-play': {
    ...{ rounds: 2, pool: 4, share: 0.5, updates: 2, clipsPerBatch: 2 },
    ...{ weighting: 1, temperature: 0.9, earlier: 1 },
  },
  reinforcement: {
    ...{ steps: 2, episodesPerUpdate: 4, clipsPerBatch: 4, minibatches: 1, epochs: 1 },
    ...{ checkpointEvery: 1000, klLimit: 10_000 },
  },
}

export function shortRecipe(
  part: keyof typeof SHORT,
  values: Readonly<Record<string, number>> = {},
) {
  return { ...defaultRecipe(part), ...SHORT[part], ...values }
}

export const COMMON = {
  version: PLAN_VERSION,
  worldVersion: WORLD_VERSION,
  seed: 5,
  start: { name: 'tiny', sha256: 'ab'.repeat(32) },
} as const

export const ALIGN: Extract<TrainingPlan, { kind: 'align' }> = {
  ...COMMON,
  kind: 'align',
  labels: LABELS,
  preferenceFineTuning: true,
  recipes: {
    reward: shortRecipe('reward'),
    preference: shortRecipe('preference'),
    reinforcement: shortRecipe('reinforcement'),
  },
}

export const REWARD: Extract<TrainingPlan, { kind: 'reward' }> = {
  ...COMMON,
  kind: 'reward',
  labels: LABELS,
  recipe: shortRecipe('reward'),
}

export const CONTRASTIVE: TrainingPlan = {
  ...COMMON,
  kind: 'contrastive',
  labels: LABELS,
  recipe: shortRecipe('contrastive'),
}

export const BEST_OF_PLAY: TrainingPlan = {
  ...COMMON,
  kind: 'best-of-play',
  labels: LABELS,
  recipes: { reward: shortRecipe('reward'), 'best-of-play': shortRecipe('best-of-play') },
}
