import {
  decisive,
  preferredClip,
  RewardModel,
  rewardAccuracy,
  type Trajectory,
} from '../../alignment/index.ts'
import { evaluatePolicy, outcomeTable } from '../../evaluation/index.ts'
import type { Ending } from '../../island/index.ts'
import { HOME_ENDINGS } from '../../island/index.ts'
import { recordOf, type TooFewRun } from '../../procedure/index.ts'
import type { TrainingResult } from '../../procedure/training/index.ts'
import type { Device } from '../../runtime/index.ts'
import type { HeldOut } from '../align/pools.ts'
import { rounded } from './journal.ts'

/** Seed of the episodes on which agents are measured, the same ones for all. */
const EVALUATION_SEED = 20260

/** Number of these episodes that are kept for a map. */
const MAP_EPISODES = 24

/** Plays fresh episodes with a policy's file; resolves with their outcomes and some of the episodes. */
export async function measuredPolicy(
  device: Device,
  model: Uint8Array,
  episodes: number,
): Promise<Pick<TooFewRun, 'table' | 'episodes'>> {
  const played: Trajectory[] = []
  const options = { device, model, episodes, seed: EVALUATION_SEED, start: 'spawn' } as const
  for await (const { index, trajectory } of evaluatePolicy({
    ...options,
    temperature: 1,
    islands: 64,
  })) {
    played[index] = trajectory
  }
  return {
    table: outcomeTable(played),
    episodes: played.slice(0, MAP_EPISODES).map((each) => recordOf(each, each.ending)),
  }
}

/** Scores fresh clips with a reward model, and measures how often it agrees with the judge. */
export async function measuredReward(
  device: Device,
  { layout, parameters, step }: NonNullable<TrainingResult['reward']>,
  { clips, comparisons }: HeldOut,
): Promise<TooFewRun['reward']> {
  const model = await RewardModel.create(device, layout, parameters)
  const rewards = await model.rewards(clips)
  await model.release()
  const decided = decisive(comparisons)
  const against = (ending: Ending) =>
    decided.filter((comparison) => {
      const { first, second } = comparison
      const other = preferredClip(comparison) === 'first' ? second : first
      return clips[other]?.ending === ending
    })
  const ofEnding = (ending: Ending) => rewards.filter((_, index) => clips[index]?.ending === ending)
  return {
    updates: step,
    test: rewardAccuracy(rewards, decided),
    against: byEnding(against, (pairs) => rewardAccuracy(rewards, pairs)),
    byEnding: byEnding(ofEnding, (own) => ({
      clips: own.length,
      mean: rounded(own.reduce((sum, reward) => sum + reward, 0) / own.length),
    })),
  }
}

/** Returns what `measure` makes of the things of each ending that has any. */
function byEnding<Things extends { readonly length: number }, Measured>(
  thingsOf: (ending: Ending) => Things,
  measure: (things: Things) => Measured,
): Record<Ending, Measured> {
  const measured: Record<Ending, Measured> = {}
  for (const ending of HOME_ENDINGS) {
    const things = thingsOf(ending)
    if (things.length > 0) measured[ending] = measure(things)
  }
  return measured
}
