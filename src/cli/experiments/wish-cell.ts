import { z } from 'zod'
import {
  decisive,
  drawComparisons,
  finished,
  RewardModel,
  rewardAccuracy,
} from '../../alignment/index.ts'
import {
  judgeOf,
  meanStyle,
  measureOf,
  outcomeTable,
  STYLE_MEASURES,
  styleDifference,
  styleOf,
  stylePredicate,
  styleWishSchema,
} from '../../evaluation/index.ts'
import { rootKey, splitKey } from '../../island/index.ts'
import {
  memoryStore,
  type NetworkParameters,
  recipeSchema,
  recordOf,
  wishMeasuredSchema,
} from '../../procedure/index.ts'
import { runTraining } from '../../procedure/training/index.ts'
import type { Device } from '../../runtime/index.ts'
import { TypedKind } from '../cells/kind.ts'
import { readModel } from '../read-model.ts'
import { type FreshPlay, playFresh } from './fresh-play.ts'
import { judgedAlignmentPlan } from './judged-alignment.ts'

const parametersSchema = z.object({
  wish: styleWishSchema,
  /** Seed of the clips, the pairs and the training. */
  seed: z.int().nonnegative(),
  /** Number of pairs shown to the judge. */
  comparisons: z.int().positive(),
  /** Complete recipes by part, so that a changed default is another cell. */
  recipes: z.record(z.string(), recipeSchema),
  evaluationEpisodes: z.int().positive(),
})

type WishParameters = z.infer<typeof parametersSchema>

/**
 * Aligns the input `agent` with a wish about style by a reward model and reinforcement learning, and
 * compares how it plays before and after.
 */
export const wishCell = new TypedKind({
  name: 'wish',
  parameters: parametersSchema,
  value: wishMeasuredSchema,
  title: ({ wish, seed }) => `${stylePredicate(wish)}, seed ${seed}`,
  compute: async ({ device, input }, parameters) => {
    const agent = await readModel(input('agent'), 'policy')
    const { wish: wanted, ...settings } = parameters
    const plan = judgedAlignmentPlan({ ...settings, wanted, agent: agent.digest })
    const begun = performance.now()
    const {
      policy = agent,
      reward,
      stopped,
    } = await finished(runTraining({ plan, start: agent, device, store: memoryStore() }))
    const trainingSeconds = (performance.now() - begun) / 1000
    const { evaluationEpisodes } = parameters
    const before = await playFresh(device, agent, agent, evaluationEpisodes)
    const after = await playFresh(device, agent, policy, evaluationEpisodes)
    const test = reward && (await accuracyOf(device, reward, parameters, before))
    const value = { stopped, ...(test && { test }), ...measured(parameters, before, after) }
    return { value, trainingSeconds }
  },
})

/** Number of fresh pairs, of clips that both arrive, on which a reward model is tested. */
const TEST_PAIRS = 1000

/** Returns how often a reward model agrees with the judge on fresh clips of which both arrive. */
async function accuracyOf(
  device: Device,
  { layout, parameters }: NetworkParameters,
  { wish, seed }: WishParameters,
  { trajectories, clips }: FreshPlay,
) {
  const places = trajectories.flatMap(({ ending }, place) => (ending === 'none' ? [] : place))
  const arriving = places.flatMap((place) => trajectories[place] ?? [])
  const pairs = Math.min(TEST_PAIRS, (arriving.length * (arriving.length - 1)) / 2)
  const key = splitKey(rootKey(seed), 'reporting', 'pairs')
  const decided = decisive(drawComparisons(arriving, judgeOf(wish), pairs, key).comparisons)
  if (decided.length === 0) return undefined
  const model = await RewardModel.create(device, layout, parameters)
  const rewards = await model.rewards(places.flatMap((place) => clips[place] ?? []))
  await model.release()
  return rewardAccuracy(rewards, decided)
}

/** Compares play before and after: outcomes of all episodes, and the wish's measure of those that arrive. */
function measured({ wish }: WishParameters, before: FreshPlay, after: FreshPlay) {
  const place = STYLE_MEASURES.indexOf(measureOf(wish))
  const [styledBefore, styledAfter] = [arriving(before), arriving(after)]
  const example = exampleOf(place, before, after)
  return {
    ...(example && { example }),
    kl: after.kl,
    table: { before: outcomeTable(before.trajectories), after: outcomeTable(after.trajectories) },
    style: {
      before: meanStyle(styledBefore, place),
      after: meanStyle(styledAfter, place),
      difference: styleDifference(styledBefore, styledAfter, place),
    },
  }
}

/** Returns the episodes of the beginning whose difference in a measure is the median; undefined if there is none. */
function exampleOf(place: number, before: FreshPlay, after: FreshPlay) {
  const first = new Map(arriving(before).map(({ index, style }) => [index, style[place]]))
  const differences = arriving(after).flatMap(({ index, style }) => {
    const [from, to] = [first.get(index), style[place]]
    return from === undefined || to === undefined ? [] : { index, difference: to - from }
  })
  differences.sort((a, b) => a.difference - b.difference)
  const { index = -1 } = differences[differences.length >> 1] ?? {}
  const [old, young] = [before.trajectories[index], after.trajectories[index]]
  return old && young
    ? { before: recordOf(old, old.ending), after: recordOf(young, young.ending) }
    : undefined
}

/** Returns the styles of the episodes that arrive, with the place of their beginnings. */
function arriving({ trajectories }: FreshPlay) {
  return trajectories.flatMap((trajectory, index) =>
    trajectory.ending === 'none' ? [] : { index, style: styleOf(trajectory) },
  )
}
