import { z } from 'zod'
import {
  decisive,
  endingSchema,
  outcomeSchema,
  RewardModel,
  rewardAccuracy,
} from '../../alignment/index.ts'
import { type OutcomeTable, outcomeTable, reportingBeginnings } from '../../evaluation/index.ts'
import {
  ISLANDS,
  islandNamed,
  rootKey,
  type ShippedIsland,
  splitKey,
  worldOf,
} from '../../island/index.ts'
import {
  type NetworkParameters,
  outcomeTableSchema,
  playPolicy,
  ratioSchema,
} from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { label } from '../align/pools.ts'
import { TypedKind } from '../cells/kind.ts'
import { readModel } from '../read-model.ts'
import { sha256 } from '../write-model.ts'

/** Seed of the fresh episodes: the same on all islands, and for all agents. */
const SEED = 20260

const islandId = z.string().refine((id) => islandNamed(id) !== undefined, {
  message: 'expected the id of a shipped island',
})

/**
 * Parameters that name an island. The digest of its map is among them because an outcome that was
 * computed on an earlier edition of the map must not be taken for one on this one.
 */
const islandParameters = {
  island: islandId,
  /** SHA-256 digest of the map as JSON. */
  map: z.string(),
}

/** Returns the parameters that name a shipped island. Throws a RangeError if there is none with this id. */
export function parametersOf(id: string): { readonly island: string; readonly map: string } {
  return { island: id, map: sha256(new TextEncoder().encode(JSON.stringify(islandOf(id).map))) }
}

/** Returns the digests of the maps of all shipped islands, by their ids. */
export function islandDigests(): Record<string, string> {
  return Object.fromEntries(ISLANDS.map(({ id }) => [id, parametersOf(id).map]))
}

/** Returns the shipped island with an id. Throws a RangeError if there is none. */
export function islandOf(id: string): ShippedIsland {
  const found = islandNamed(id)
  if (found === undefined) throw new RangeError(`There is no island “${id}”`)
  return found
}

/** Plays fresh episodes of a policy on an island; resolves with their outcomes. */
export async function playIsland(
  device: Device,
  policy: NetworkParameters,
  { map }: ShippedIsland,
  episodes: number,
): Promise<OutcomeTable> {
  const beginnings = reportingBeginnings(SEED, 'spawn', episodes, map)
  const act = splitKey(rootKey(SEED), 'reporting', 'act')
  const played = await playPolicy(device, policy, beginnings, act)
  return outcomeTable(
    played.map(({ trajectory }) => trajectory),
    worldOf({ island: map }).endings,
  )
}

/** Plays fresh episodes on one island with the policy of the input `policy`. */
export const islandPlayCell = new TypedKind({
  name: 'island',
  parameters: z.object({
    ...islandParameters,
    stage: z.string(),
    episodes: z.int().positive(),
  }),
  value: outcomeTableSchema,
  title: ({ island, stage }) => `${stage} on ${island}`,
  compute: async ({ device, input }, { island, episodes }) => {
    const policy = await readModel(input('policy'), 'policy')
    const value = await playIsland(device, policy, islandOf(island), episodes)
    return { value, trainingSeconds: 0 }
  },
})

/**
 * Compares the reward model of the input `reward` with the judge, on pairs of clips of the input
 * `agent` on one island.
 */
export const islandRewardCell = new TypedKind({
  name: 'island-reward',
  parameters: z.object({
    ...islandParameters,
    wanted: outcomeSchema,
    clips: z.int().positive(),
    comparisons: z.int().positive(),
  }),
  value: z.object({
    /** Accuracy on decisive comparisons; absent if there are none. */
    test: ratioSchema.optional(),
    /** Number of clips with each ending, and their mean reward. */
    byEnding: z.record(endingSchema, z.object({ clips: z.int().positive(), mean: z.number() })),
  }),
  title: ({ island, wanted }) => `reward-${wanted} on ${island}`,
  compute: async ({ device, pools, input }, { island, wanted, clips: count, comparisons }) => {
    const agent = await pools.of(input('agent'))
    const clips = await agent.clips('test', SEED, count, islandOf(island))
    const key = splitKey(rootKey(SEED), 'reporting', 'pairs', wanted)
    const labels = label(clips, wanted, comparisons, key)
    const { layout, parameters } = await readModel(input('reward'), 'reward')
    const model = await RewardModel.create(device, layout, parameters)
    const rewards = await model.rewards(clips)
    await model.release()
    const decided = decisive(labels.comparisons)
    const endings = [...new Set(clips.map(({ ending }) => ending))].sort()
    const value = {
      ...(decided.length > 0 && { test: rewardAccuracy(rewards, decided) }),
      byEnding: Object.fromEntries(
        endings.map((ending) => {
          const own = rewards.filter((_, index) => clips[index]?.ending === ending)
          return [
            ending,
            { clips: own.length, mean: own.reduce((sum, r) => sum + r, 0) / own.length },
          ]
        }),
      ),
    }
    return { value, trainingSeconds: 0 }
  },
})
