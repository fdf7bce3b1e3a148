/** Parts that train a policy with a reward model. */
import {
  DivergedError,
  REINFORCEMENT_FIELDS,
  type ReinforcementPoint,
  readRecipe,
  type Trajectory,
} from '../../alignment/index.ts'
import type { PolicyParameters } from '../play.ts'
import { PREFERENCE_FIELDS, runPreference } from '../preference-job.ts'
import { runReinforcement } from '../reinforcement-job.ts'
import { identityOf, isStopped, keyOf, type TrainingJob } from './job.ts'
import type { PartResult } from './kept.ts'
import { wantedOf } from './names.ts'
import { partsOf, recipeOf } from './recipes.ts'
import type { SeenPath, TrainingReport } from './reports.ts'

/** Maximum number of paths shown per update: more cannot be told apart on a map. */
const PATHS = 24

type Part = AsyncGenerator<TrainingReport, PartResult>

/** Fine-tunes a policy on the best-rewarded of its own episodes. */
export async function* preferencePart(job: TrainingJob, reward: PolicyParameters): Part {
  const { device, plan, start, asked } = job
  const part = 'preference'
  const recipe = readRecipe(PREFERENCE_FIELDS, recipeOf(plan, part))
  yield { kind: 'part', part, parts: partsOf(plan), unit: 'updates', of: recipe.steps }
  const key = keyOf(job, part, wantedOf(plan) ?? 'own')
  const stop = asked?.stop
  const tuning = runPreference({
    ...{ device, reward, recipe, key, agent: start, start: 'spawn' },
    ...(stop && { asked: { stop } }),
  })
  try {
    for (;;) {
      const next = await tuning.next()
      if (next.done === true) {
        const { step, parameters } = next.value
        const stopped = step < recipe.steps && isStopped(job) ? 'by hand' : 'last update'
        return { layout: start.layout, parameters, notes: { step, stopped } }
      }
      const { kind, step, scores } = next.value
      if (kind === 'validation') continue
      yield { kind: 'loss', part, step, loss: scores.loss }
      yield { kind: 'progress', part, done: step }
    }
  } catch (error) {
    if (!(error instanceof DivergedError)) throw error
    return { ...start, notes: { step: 0, stopped: 'diverged', problem: error.message } }
  }
}

/** Trains a policy by reinforcement learning on the rewards of a reward model. */
export async function* reinforcementPart(
  job: TrainingJob,
  agent: PolicyParameters,
  reward: PolicyParameters,
): Part {
  const { device, plan, store, asked } = job
  const part = 'reinforcement'
  const recipe = readRecipe(REINFORCEMENT_FIELDS, recipeOf(plan, part))
  const wanted = wantedOf(plan)
  yield { kind: 'part', part, parts: partsOf(plan), unit: 'updates', of: recipe.steps }
  const learning = runReinforcement({
    options: {
      ...{ device, recipe, reward, asked, layout: agent.layout, start: 'spawn' },
      key: keyOf(job, part, wanted ?? 'own'),
      reference: agent.parameters,
      preferred: ({ ending }) => ending === wanted,
    },
    identity: identityOf(job, part),
    store,
  })
  for (;;) {
    const next = await learning.next()
    if (next.done === true) {
      const { parameters, step, stopped, history } = next.value
      const last = history.at(-1)
      if (last !== undefined && isFinitePoint(last)) {
        yield { kind: 'update', point: last, gradientNorm: 0, paths: [] }
      }
      const problem = stopped === 'diverged' ? divergence(last, recipe.klLimit, step) : undefined
      const notes = { step, stopped, ...(problem && { problem }) }
      return { layout: agent.layout, parameters, notes }
    }
    const report = next.value
    if (report.kind === 'checkpoint') {
      yield { kind: 'checkpoint', part, step: report.step }
      continue
    }
    const { point, gradientNorm, trajectories } = report
    yield { kind: 'update', point, gradientNorm, paths: trajectories.slice(0, PATHS).map(seenPath) }
    yield { kind: 'progress', part, done: point.update + 1 }
  }
}

function isFinitePoint(point: ReinforcementPoint): boolean {
  return Object.values(point).every(Number.isFinite)
}

function divergence(last: ReinforcementPoint | undefined, limit: number, kept: number): string {
  const found =
    last !== undefined && last.kl > limit
      ? `the divergence from the starting policy was ${last.kl.toFixed(0)} nats an episode, at most ${limit} are allowed`
      : 'a number was no longer finite'
  const rest = kept > 0 ? `what there was after update ${kept} is kept` : 'no agent is kept'
  return `After update ${last?.update ?? kept} ${found}: ${rest}; lower the learning rate or raise the price of divergence, and train again.`
}

function seenPath({ path, ending }: Trajectory): SeenPath {
  return { points: path, ending }
}
