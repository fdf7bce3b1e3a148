/**
 * Appearance of an episode: light, weather, materials and scenery, all sampled from its seed.
 *
 * Nothing here affects where the character can walk. Episodes share only the map, so a policy that
 * learns where to go has to learn it from shapes: where the land ends, where the obstacles stand,
 * how the head lies around it. This is pure data, read by the agent's renderer and the page's
 * scene.
 */
import { RandomStream, rootKey, splitKey } from './key.ts'
import { type Materials, sampleMaterials } from './materials.ts'
import { type SceneryItem, sampleScenery } from './scenery.ts'
import { sampleWeather, type Weather } from './weather.ts'
import type { World } from './world.ts'

export interface Look {
  /** World that is seen. */
  readonly world: World
  /** Seed that the look was sampled from. */
  readonly seed: number
  readonly weather: Weather
  readonly materials: Materials
  readonly scenery: readonly SceneryItem[]
}

/** Returns the look of a world in the episode with this seed. */
export function createLook(world: World, seed: number): Look {
  const key = splitKey(rootKey(seed), 'look')
  const stream = (name: string) => new RandomStream(splitKey(key, name))
  const weather = sampleWeather(stream('weather'))
  const materials = sampleMaterials(stream('materials'))
  const scenery = sampleScenery(world, stream('scenery'))
  return { world, seed, weather, materials, scenery }
}
