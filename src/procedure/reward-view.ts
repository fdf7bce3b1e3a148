import {
  inOtherLight,
  type RewardOptions,
  type RewardRecipe,
  withStreams,
} from '../alignment/index.ts'
import { splitKey } from '../island/index.ts'
import { headLayout, type ParameterLayout, partOf, upperLayout } from '../network/index.ts'
import type { PolicyParameters } from './play.ts'

/** In how many lights a clip is seen whose stream is computed beforehand. */
const LIGHTS = 4

/** The part of a reward model that a recipe lets learn. */
export function learningPart(
  { trunk, layers }: RewardRecipe,
  layout: ParameterLayout,
): ParameterLayout {
  return trunk === 'frozen' ? headLayout(layout) : upperLayout(layout, layers)
}

/**
 * What learns of a reward model through its trunk, and what that reads of the clips: where only the
 * upper blocks learn, the stream of each clip, in several lights if the light is to change.
 */
export async function viewOf(
  { device, recipe, key, clips }: Pick<RewardOptions, 'device' | 'recipe' | 'key' | 'clips'>,
  whole: PolicyParameters,
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
