import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Key, RandomStream, rootKey, splitKey } from '../island/index.ts'
import { initialParameters, NETWORK_SIZES, parameterLayout } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import { RewardModel } from './clip-scorer.ts'
import type { Comparison } from './comparisons.ts'
import { finished } from './job.ts'
import { readRecipe } from './recipe.ts'
import { rewardAccuracy } from './reward-scores.ts'
import { REWARD_FIELDS, trainReward } from './reward-training.ts'
import { madeUpClip } from './testing/made-up-clips.ts'

const PAIRS = 40
const LABELLERS = 5
const KEYS = [1, 2]

let device: Device
beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
})
afterAll(() => device.close())

/** Makes clips of random brightness, which is what everybody prefers. */
function clipsOf(key: Key, count: number) {
  const random = new RandomStream(splitKey(key, 'brightness'))
  return Array.from({ length: count }, (_, index) => {
    const utility = random.uniform()
    const clip = madeUpClip(splitKey(key, 'clip', index), 3, Math.round(90 + 80 * utility))
    return { clip, utility }
  })
}

/** Trains on the comparisons of clips 2i and 2i + 1, and returns the accuracy on other clips. */
async function accuracyOf(key: Key, verdicts: readonly number[]): Promise<number> {
  const layout = parameterLayout(NETWORK_SIZES.nano, 'reward')
  const clips = clipsOf(splitKey(key, 'training'), 2 * PAIRS).map(({ clip }) => clip)
  const recipe = readRecipe(REWARD_FIELDS, {
    ...{ steps: 40, pairsPerBatch: 5, peakRate: 3e-3, warmup: 5, jitter: 0 },
  })
  const { parameters } = await finished(
    trainReward({
      ...{ device, layout, recipe, clips, key: splitKey(key, 'training') },
      comparisons: verdicts.map((verdict, i) => ({ first: 2 * i, second: 2 * i + 1, verdict })),
      initial: initialParameters(layout, splitKey(key, 'initial')),
    }),
  )
  const test = clipsOf(splitKey(key, 'test'), 40)
  const model = await RewardModel.create(device, layout, parameters)
  const rewards = await model.rewards(test.map(({ clip }) => clip))
  await model.release()
  const truth = test.flatMap((a, first) =>
    test.slice(0, first).map((b, second): Comparison => {
      return { first, second, verdict: a.utility > b.utility ? 1 : 0 }
    }),
  )
  return rewardAccuracy(rewards, truth).accuracy
}

/** Returns the answers of labellers who often err: Bradley–Terry with differences of utility up to 2. */
function answersOf(key: Key): number[][] {
  const clips = clipsOf(splitKey(key, 'training'), 2 * PAIRS)
  const random = new RandomStream(splitKey(key, 'answers'))
  return Array.from({ length: PAIRS }, (_, i) => {
    const difference = (clips[2 * i]?.utility ?? 0) - (clips[2 * i + 1]?.utility ?? 0)
    return Array.from({ length: LABELLERS }, () =>
      Number(random.chance(1 / (1 + Math.exp(-2 * difference)))),
    )
  })
}

it('learns more from the mean of five noisy labellers than from one of them', async () => {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length
  const [single, several]: [number[], number[]] = [[], []]
  for (const n of KEYS) {
    const key = splitKey(rootKey(n), 'soft labels')
    const answers = answersOf(key)
    single.push(
      await accuracyOf(
        key,
        answers.map(([one = 0.5]) => one),
      ),
    )
    several.push(await accuracyOf(key, answers.map(mean)))
  }
  expect(mean(several)).toBeGreaterThanOrEqual(mean(single))
})
