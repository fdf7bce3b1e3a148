import { Island } from '../../island/index.ts'
import type { EpisodeChoice } from './protocol.ts'

/** Returns an island on which `actions` have been played from the start. */
export function islandAfter(
  { start, seed }: Pick<EpisodeChoice, 'start' | 'seed'>,
  actions: Iterable<number>,
): Island {
  const island = new Island({ start, seed })
  for (const action of actions) island.step(action)
  return island
}
