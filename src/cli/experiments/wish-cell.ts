import { z } from 'zod'
import { finished } from '../../alignment/index.ts'
import {
  meanStyle,
  measureOf,
  outcomeTable,
  STYLE_MEASURES,
  styleDifference,
  styleOf,
  stylePredicate,
  styleWishSchema,
} from '../../evaluation/index.ts'
import { WORLD_VERSION } from '../../island/index.ts'
import { importModel } from '../../network/index.ts'
import { memoryStore, recipeSchema, recordOf, wishMeasuredSchema } from '../../procedure/index.ts'
import { PLAN_VERSION, runTraining, trainingPlanSchema } from '../../procedure/training/index.ts'
import { TypedKind } from '../cells/kind.ts'
import { readModelFile } from '../evaluate.ts'
import { sha256 } from '../write-model.ts'
import { type FreshPlay, playFresh } from './fresh-play.ts'

const parametersSchema = z.object({
  wish: styleWishSchema,
  /** Seed of the clips, the pairs and the training. */
  seed: z.int().nonnegative(),
  /** Number of pairs shown to the judge. */
  comparisons: z.int().positive(),
  /** Complete recipes by part, so that a changed default is another cell. */
  recipes: z.record(z.string(), recipeSchema),
  evaluationEpisodes: z.int().positive(),
  /** Number of fresh episodes that are recorded, of the agent before and after. */
  recorded: z.int().nonnegative(),
})

type WishParameters = z.infer<typeof parametersSchema>

/**
 * Aligns the input `agent` with a wish about style, with a reward model and reinforcement learning as in
 * the tab, and compares how it plays before and after.
 */
export const wishCell = new TypedKind({
  name: 'wish',
  parameters: parametersSchema,
  value: wishMeasuredSchema,
  title: ({ wish, seed }) => `${stylePredicate(wish)}, seed ${seed}`,
  compute: async ({ device, input }, parameters) => {
    const bytes = await readModelFile(input('agent'))
    const agent = importModel(bytes)
    const plan = planOf(parameters, sha256(bytes))
    const begun = performance.now()
    const { policy = agent, stopped } = await finished(
      runTraining({ plan, start: agent, device, store: memoryStore() }),
    )
    const trainingSeconds = (performance.now() - begun) / 1000
    const { evaluationEpisodes } = parameters
    const before = await playFresh(device, agent, agent, evaluationEpisodes)
    const after = await playFresh(device, agent, policy, evaluationEpisodes)
    return { value: { stopped, ...measured(parameters, before, after) }, trainingSeconds }
  },
})

function planOf({ wish, seed, comparisons, recipes }: WishParameters, agent: string) {
  return trainingPlanSchema.parse({
    ...{ version: PLAN_VERSION, worldVersion: WORLD_VERSION, seed, kind: 'align' },
    start: { name: 'agent', sha256: agent },
    labels: { kind: 'judge', wanted: wish, comparisons, noise: 0, cantTell: 0 },
    preferenceFineTuning: false,
    recipes,
  })
}

/** Compares play before and after: outcomes of all episodes, and the wish's measure of those that arrive. */
function measured({ wish, recorded }: WishParameters, before: FreshPlay, after: FreshPlay) {
  const place = STYLE_MEASURES.indexOf(measureOf(wish))
  const [styledBefore, styledAfter] = [arriving(before), arriving(after)]
  const records = ({ trajectories }: FreshPlay) =>
    trajectories.slice(0, recorded).map((each) => recordOf(each, each.ending))
  return {
    kl: after.kl,
    table: { before: outcomeTable(before.trajectories), after: outcomeTable(after.trajectories) },
    style: {
      before: meanStyle(styledBefore, place),
      after: meanStyle(styledAfter, place),
      difference: styleDifference(styledBefore, styledAfter, place),
    },
    episodes: { before: records(before), after: records(after) },
  }
}

/** Returns the styles of the episodes that arrive, with the place of their beginnings. */
function arriving({ trajectories }: FreshPlay) {
  return trajectories.flatMap((trajectory, index) =>
    trajectory.ending === 'none' ? [] : { index, style: styleOf(trajectory) },
  )
}
