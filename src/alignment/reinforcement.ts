import type { Snapshot } from './learner.ts'
import { means, play, prepare } from './reinforcement-episodes.ts'
import { createParts } from './reinforcement-parts.ts'
import type {
  Reinforced,
  ReinforcementOptions,
  ReinforcementReport,
} from './reinforcement-types.ts'
import { advantagesOf, improve, stepsPerUpdate } from './reinforcement-update.ts'
import { learningRate } from './schedule.ts'
import { stopReason } from './stopping.ts'

/**
 * Policy gradient on a learnt reward: plays episodes with the current policy, scores them, and takes
 * some steps on them, which all come from one version of the policy. Stops where the learnt
 * reward no longer rises, or where the policy runs away from where it started; then the last
 * parameters before that are given. After the last update it plays once more, so that nothing is given
 * whose divergence was not measured: a history has one point more than there were updates.
 */
export async function* reinforce(
  options: ReinforcementOptions,
): AsyncGenerator<ReinforcementReport, Reinforced> {
  const { recipe, asked } = options
  const parts = await createParts(options)
  const { learner } = parts
  const history = [...(options.history ?? [])]
  const schedule = { peak: recipe.peakRate, ...recipe }
  const perUpdate = stepsPerUpdate(recipe)
  const updateOf = ({ step }: { readonly step: number }): number => step / perUpdate
  const result = (snapshot: Snapshot) => ({
    step: updateOf(snapshot),
    parameters: parts.whole(snapshot.theta),
    history,
  })
  const first = updateOf(options.from ?? { step: 0 })
  let good: Snapshot = options.from ?? (await learner.snapshot())
  try {
    for (let update = first; ; update++) {
      const episodes = await play(options, parts, update)
      const groups = await prepare(options, parts, episodes)
      const scored = await parts.reward.score(episodes.map(parts.seenByReward))
      const point = { update, ...means(options, episodes, scored, groups) }
      history.push(point)
      const stopped = stopReason(history, recipe)
      if (stopped === 'diverged') return { ...result(good), stopped }
      good = await learner.snapshot()
      if (stopped !== undefined) return { ...result(good), stopped }
      if (asked?.stop?.()) return { ...result(good), stopped: 'by hand' }
      if (update >= recipe.steps) return { ...result(good), stopped: 'last update' }
      // Only now that it is known to be good: a run that goes on from here has to fall back on it.
      const due = update % recipe.checkpointEvery === 0 || asked?.checkpoint?.(update) === true
      if (update > first && due) {
        const values = parts.values.statistics()
        yield { kind: 'checkpoint', step: update, snapshot: good, values }
      }
      const advantages = advantagesOf(recipe, parts.values, scored)
      const rate = learningRate(schedule, update)
      const improved = await improve(options, parts, groups, episodes, advantages, update, rate)
      parts.values.learn(
        scored.steps.map((features, index) => ({
          features,
          reward: scored.rewards[index] ?? Number.NaN,
        })),
      )
      const trajectories = episodes.map(({ trajectory }) => trajectory)
      yield { kind: 'update', point, rate, ...improved, trajectories }
    }
  } finally {
    await parts.release()
  }
}
