import {
  ACTION_COUNT,
  type Episode,
  Island,
  type Key,
  keySeed,
  RandomStream,
  splitKey,
  WORLD_VERSION,
} from '../../island/index.ts'

/** Returns episodes of 1 to `longest` random actions from the spawns, for tests. */
export function randomEpisodes(key: Key, count: number, longest: number): Episode[] {
  return Array.from({ length: count }, (_, index) => {
    const seed = keySeed(splitKey(key, 'seed', index))
    const random = new RandomStream(splitKey(key, 'actions', index))
    const island = new Island({ start: 'spawn', seed })
    const actions: number[] = []
    const decisions = 1 + random.below(longest)
    while (actions.length < decisions && !island.over) {
      const action = random.below(ACTION_COUNT)
      island.step(action)
      actions.push(action)
    }
    return { worldVersion: WORLD_VERSION, start: 'spawn', seed, actions: Uint16Array.from(actions) }
  })
}
