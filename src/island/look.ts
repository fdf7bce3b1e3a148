/**
 * How an episode looks: light, weather, materials and scenery, all drawn from the episode's seed.
 *
 * Nothing here touches where the character can walk. The map is the only thing that episodes share,
 * so a network that learns where to go has to learn it from shapes: where the land ends, where the
 * obstacles stand, how the head lies around it. Pure data: the agent's renderer and the page's scene
 * both read it.
 */
import { RandomStream, rootKey, splitKey } from './key.ts'
import { drawMaterials, type Materials } from './materials.ts'
import { drawScenery, type SceneryItem } from './scenery.ts'
import { drawWeather, type Weather } from './weather.ts'

export interface Look {
  /** The seed it was drawn from. */
  readonly seed: number
  readonly weather: Weather
  readonly materials: Materials
  readonly scenery: readonly SceneryItem[]
}

/** The look of the episode with this seed. */
export function createLook(seed: number): Look {
  const key = splitKey(rootKey(seed), 'look')
  const stream = (name: string) => new RandomStream(splitKey(key, name))
  const weather = drawWeather(stream('weather'))
  const materials = drawMaterials(stream('materials'))
  const scenery = drawScenery(stream('scenery'))
  return { seed, weather, materials, scenery }
}
