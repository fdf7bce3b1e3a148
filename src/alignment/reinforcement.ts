import { freshSnapshot, type Snapshot } from './learner.ts'
import type {
  Reinforced,
  ReinforcementOptions,
  ReinforcementReport,
} from './reinforcement-types.ts'
import { accumulate, createParts, means, play, seen } from './reinforcement-update.ts'
import type { Trajectory } from './rollout.ts'
import { learningRate } from './schedule.ts'
import { stopReason } from './stopping.ts'

/**
 * Policy gradient on a learnt reward: plays episodes with the current policy, scores them, and makes
 * one update with them (so that all come from one version of the policy). Stops where the learnt
 * reward no longer rises, or where the policy runs away from where it started; then the last
 * parameters before that are given.
 */
export async function* reinforce(
  options: ReinforcementOptions,
): AsyncGenerator<ReinforcementReport, Reinforced> {
  const { recipe, reference } = options
  const parts = await createParts(options)
  const { learner } = parts
  const history = [...(options.history ?? [])]
  const schedule = { peak: recipe.peakRate, ...recipe }
  const first = options.from?.step ?? 0
  let good: Snapshot = options.from ?? freshSnapshot(reference)
  try {
    while (learner.step < recipe.steps) {
      const episodes = await play(options, parts)
      const values = parts.values.statistics()
      const scored = await parts.reward.score(seen(episodes))
      const sums = await accumulate(options, parts, episodes, scored)
      const point = { update: learner.step, ...means(options, episodes, scored, sums) }
      history.push(point)
      const stopped = stopReason(history, recipe)
      if (stopped === 'diverged') return { ...result(good), stopped, history }
      good = await learner.snapshot()
      if (stopped !== undefined) return { ...result(good), stopped, history }
      // Only now that it is known to be good: a run that goes on from here has to fall back on it.
      if (good.step > first && good.step % recipe.checkpointEvery === 0) {
        yield { kind: 'checkpoint', step: good.step, snapshot: good, values }
      }
      const rate = learningRate(schedule, learner.step)
      const gradientNorm = await learner.apply(rate, 1 / sums.decisions)
      const trajectories = episodes.map(({ trajectory }) => trajectory)
      const mismatch = sums.logProbability - sampledLogProbability(trajectories)
      yield { kind: 'update', point, rate, gradientNorm, mismatch, trajectories }
    }
    return { ...result(await learner.snapshot()), stopped: 'last update', history }
  } finally {
    await parts.release()
  }
}

function result({ step, theta }: { step: number; theta: Float32Array }) {
  return { step, parameters: theta }
}

function sampledLogProbability(trajectories: readonly Trajectory[]): number {
  return trajectories.reduce(
    (sum, { logProbabilities }) => sum + logProbabilities.reduce((a, b) => a + b, 0),
    0,
  )
}
