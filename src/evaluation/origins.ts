/** Outcomes of episodes by where they began. */
import {
  type Beginning,
  HOME,
  HOME_MAP,
  type IslandMap,
  type StartKind,
  startState,
  type World,
} from '../island/index.ts'
import { type OutcomeTable, outcomeTable } from './outcomes.ts'

/** Place where episodes begin, named as seen when looking north, towards the jumppads. */
export interface Origin {
  readonly name: string
  /** Short explanation of the name. */
  readonly about: string
}

/** Returns a name for each spawn of an island, in their order: where it is, or its number if that is not unique. */
function spawnOrigins({ spawns }: IslandMap): readonly Origin[] {
  const front = Math.min(...spawns.map(({ z }) => z))
  const names = spawns.map(
    ({ x, z }) => `${z === front ? 'Front' : 'Back'} ${x < 0 ? 'left' : 'right'}`,
  )
  const distinct = new Set(names).size === names.length
  return spawns.map(({ x, z }, i) => ({
    name: (distinct && names[i]) || `Spawn ${i + 1}`,
    about: `The spawn at x ${x} m, z ${z} m`,
  }))
}

/** Halves of the region in which all other starts lie, which is its own mirror image. */
const HALVES: readonly Origin[] = [
  { name: 'Left half', about: 'Starts west of the middle' },
  { name: 'Right half', about: 'Starts east of the middle' },
]

/** Returns the origins that are distinguished for a kind of start. */
export function originsOf(start: StartKind, island: IslandMap = HOME_MAP): readonly Origin[] {
  return start === 'spawn' ? spawnOrigins(island) : HALVES
}

/**
 * Returns the index in `originsOf` of the place where an episode begins. Throws an Error for a
 * spawn start that is at none of the spawns.
 */
export function originIndex(beginning: Beginning): number {
  const { x, z } = startState(beginning)
  if (beginning.start !== 'spawn') return x < 0 ? 0 : 1
  const { spawns } = beginning.island ?? HOME_MAP
  const index = spawns.findIndex((spawn) => spawn.x === x && spawn.z === z)
  if (index < 0) throw new Error(`Found a start at ${x}, ${z}: expected one of the spawns`)
  return index
}

type Ended = Parameters<typeof outcomeTable>[0] extends Iterable<infer T> ? T : never

/** Returns an outcome table for each of `originsOf`, in that order. */
export function outcomesByOrigin(
  start: StartKind,
  episodes: Iterable<Ended & { readonly seed: number }>,
  { map, endings }: World = HOME,
): OutcomeTable[] {
  const groups: Ended[][] = originsOf(start, map).map(() => [])
  for (const episode of episodes) {
    groups[originIndex({ start, seed: episode.seed, island: map })]?.push(episode)
  }
  return groups.map((episodes) => outcomeTable(episodes, endings))
}
