import type { Snapshot } from './learner.ts'
import { learnFirstValues, means, play, prepare, rewarded } from './reinforcement-episodes.ts'
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
 * Trains a policy by policy gradient on a learned reward: in every update, plays episodes with one version
 * of the policy, scores them, and takes optimiser steps on them. Stops when the learned reward no longer
 * rises, or when the policy diverges from the starting policy, in which case the last parameters before
 * that are returned. After the last update it plays once more, so that the divergence of the returned
 * policy has been measured: the history has one point more than there were updates.
 */
export async function* reinforce(
  options: ReinforcementOptions,
): AsyncGenerator<ReinforcementReport, Reinforced> {
  const { recipe, control } = options
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
    if (options.from === undefined) await learnFirstValues(options, parts)
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
      if (control?.stop?.()) return { ...result(good), stopped: 'by hand' }
      if (update >= recipe.steps) return { ...result(good), stopped: 'last update' }
      // Only now that it is known to be good: a run resumed from it may have to fall back on it.
      const due = update % recipe.checkpointEvery === 0 || control?.checkpoint?.(update) === true
      if (update > first && due) {
        const values = parts.values.statistics()
        yield { kind: 'checkpoint', step: update, snapshot: good, values }
      }
      const advantages = advantagesOf(recipe, parts.values, scored)
      const rate = learningRate(schedule, update)
      const improved = await improve(options, parts, groups, episodes, advantages, update, rate)
      parts.values.learn(rewarded(scored))
      const trajectories = episodes.map(({ trajectory }) => trajectory)
      yield { kind: 'update', point, rate, ...improved, trajectories }
    }
  } finally {
    await parts.release()
  }
}
