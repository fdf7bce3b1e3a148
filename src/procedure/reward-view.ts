import {
  inOtherLight,
  type RewardOptions,
  type RewardRecipe,
  withStreams,
} from '../alignment/index.ts'
import { splitKey } from '../island/index.ts'
import { headLayout, type ParameterLayout, partOf, upperLayout } from '../network/index.ts'
import type { NetworkParameters } from './play.ts'

/** Number of lighting variants of a clip for precomputed streams, the original included. */
const LIGHTS = 4

/** Returns the layout of the part of a reward model that a recipe trains. */
export function learningPart(
  { trunk, layers }: RewardRecipe,
  layout: ParameterLayout,
): ParameterLayout {
  return trunk === 'frozen' ? headLayout(layout) : upperLayout(layout, layers)
}

/**
 * Resolves with the part of a reward model that training runs, and the clips as that part reads
 * them. Where only the upper blocks learn, these are the streams of the clips, in LIGHTS lighting
 * variants if the recipe has jitter. Otherwise, and with a frozen trunk, it is the whole model and
 * the clips unchanged.
 */
export async function trainableView(
  { device, recipe, key, clips }: Pick<RewardOptions, 'device' | 'recipe' | 'key' | 'clips'>,
  whole: NetworkParameters,
): Promise<Pick<RewardOptions, 'layout' | 'initial' | 'clips' | 'lights'>> {
  const { layout, parameters } = whole
  const part = recipe.trunk === 'frozen' ? layout : upperLayout(layout, recipe.layers)
  if (part.firstLayer === 0) return { layout, initial: parameters, clips }
  const lights = recipe.jitter > 0 ? LIGHTS : 1
  const lit = Array.from({ length: lights }, (_, light) =>
    light === 0
      ? clips
      : clips.map((clip, index) =>
          inOtherLight(clip, recipe.jitter, splitKey(key, 'light', light, index)),
        ),
  )
  return {
    layout: part,
    initial: partOf(part, layout, parameters),
    clips: await withStreams(device, whole, part.firstLayer, lit.flat()),
    lights,
  }
}
