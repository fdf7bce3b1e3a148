/**
 * How an episode looks: light, weather, materials and scenery, all drawn from the episode's seed.
 *
 * Nothing here touches where the character can walk. The map is the only thing that episodes share,
 * so a network that learns where to go has to learn it from shapes: where the land ends, where the
 * obstacles stand, how the head lies around it. Pure data: the agent's renderer and the page's scene
 * both read it.
 */
import { lit, mix, type Rgb, withLuminance } from './colour.ts'
import { RandomStream, rootKey, splitKey } from './key.ts'
import { drawMaterials, type Materials } from './materials.ts'
import { drawScenery, type SceneryItem } from './scenery.ts'
import { daylight, drawWeather, type Weather } from './weather.ts'

export interface Look {
  /** The seed it was drawn from. */
  readonly seed: number
  readonly weather: Weather
  readonly materials: Materials
  readonly scenery: readonly SceneryItem[]
  /** What the mean of every frame is exposed to, per channel: brightness and white balance. */
  readonly exposure: Rgb
}

/** The look of the episode with this seed. */
export function createLook(seed: number): Look {
  const key = splitKey(rootKey(seed), 'look')
  const stream = (name: string) => new RandomStream(splitKey(key, name))
  const weather = drawWeather(stream('weather'))
  const materials = drawMaterials(stream('materials'))
  const scenery = drawScenery(stream('scenery'))
  const exposure = drawExposure(stream('exposure'), weather, materials)
  return { seed, weather, materials, scenery, exposure }
}

/**
 * A brightness of its own, and a tint near that of the look's large surfaces: red earth stays red.
 */
function drawExposure(random: RandomStream, weather: Weather, materials: Materials): Rgb {
  const brightness = random.range(92, 145)
  const warmth = random.range(-0.1, 0.1)
  const land = mix(materials.ground.middle, materials.sea.deep, random.range(0.2, 0.5))
  const natural = mix(lit(land, daylight(weather)), weather.horizon, random.range(0.3, 0.5))
  const tint = withLuminance(natural, brightness)
  // Half-way to grey, as cameras do: no channel is ever all but empty.
  const [red, green, blue] = mix(tint, [brightness, brightness, brightness], 0.5)
  return [red * (1 + warmth), green, blue * (1 - warmth)]
}
