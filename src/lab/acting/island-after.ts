import { type Beginning, Island } from '../../island/index.ts'

/** Returns an island on which `actions` have been played from the start. */
export function islandAfter(beginning: Beginning, actions: Iterable<number>): Island {
  const island = new Island(beginning)
  for (const action of actions) island.step(action)
  return island
}
