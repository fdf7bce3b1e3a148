import { readRecipe, relay } from '../../../alignment/index.ts'
import type { NetworkParameters } from '../../play.ts'
import { PREFERENCE_FIELDS, runPreference } from '../../preference-job.ts'
import { shareOfBlocks } from '../cost.ts'
import type { PartDefinition } from '../definitions.ts'
import { islandsOf, keyOf, type TrainingJob } from '../job.ts'
import { type PartResult, RESULT_FILES } from '../kept.ts'
import { recipeOf, wantedOf } from '../plan.ts'
import type { TrainingReport } from '../reports.ts'
import { TAB_LAYERS, TAB_REWARD_STRIDE } from './tab.ts'

/**
 * Number of episodes that preference fine-tuning scores in the tab. Their frames, half a megabyte
 * each, are in memory at once; the command line uses four times as many.
 */
const TAB_POOL = 400
/** Number of updates of preference fine-tuning in the tab. */
const TAB_POOL_STEPS = 60

export const preference: PartDefinition = {
  name: 'preference',
  head: 'policy',
  title: 'Preference fine-tuning',
  about: 'The agent plays, the reward model scores, and the agent imitates its best episodes.',
  fields: PREFERENCE_FIELDS,
  mainFields: ['pool', 'share', 'steps'],
  defaults: () =>
    readRecipe(PREFERENCE_FIELDS, {
      pool: TAB_POOL,
      steps: TAB_POOL_STEPS,
      layers: TAB_LAYERS,
      rewardStride: TAB_REWARD_STRIDE,
    }),
  charts: [
    {
      id: 'preference loss',
      title: 'Fine-tuning loss',
      unit: ' nats per decision',
      digits: 3,
      domain: ['auto', 'auto'],
      lines: [{ curve: 'preference', metric: 'loss', of: 'training' }],
    },
  ],
  summary: [],
  counter: { curve: 'preference', plus: 0 },
  pausesAtCheckpoints: false,
  files: { result: RESULT_FILES.preference },
  seconds(plan, { play, look, learn }) {
    const recipe = readRecipe(PREFERENCE_FIELDS, recipeOf(plan, 'preference'))
    const { pool, steps, clipsPerBatch, rewardStride } = recipe
    return (
      pool * (play + look / rewardStride) + steps * clipsPerBatch * learn * shareOfBlocks(recipe)
    )
  },
}

/**
 * Fine-tunes a policy on the best-rewarded of its own episodes. If it diverges, the result is the start,
 * with step 0.
 */
export async function* preferencePart(
  job: TrainingJob,
  reward: NetworkParameters,
): AsyncGenerator<TrainingReport, PartResult> {
  const { device, plan, start, control, openPlayer } = job
  const part = 'preference'
  const recipe = readRecipe(PREFERENCE_FIELDS, recipeOf(plan, part))
  yield { kind: 'part', part, unit: 'updates', of: recipe.steps }
  const key = keyOf(job, part, wantedOf(plan) ?? 'own')
  const stop = control?.stop
  const tuning = runPreference({
    ...{ device, openPlayer, reward, recipe, key, agent: start, start: 'spawn' },
    islands: islandsOf(job),
    ...(stop && { control: { stop } }),
  })
  const { parameters, step, stopped, problem } = yield* relay(
    tuning,
    function* (point): Iterable<TrainingReport> {
      const { step } = point
      yield { kind: 'point', curve: part, point: { ...point } }
      yield { kind: 'progress', part, done: step }
    },
  )
  return { layout: start.layout, parameters, notes: { step, stopped, problem } }
}
