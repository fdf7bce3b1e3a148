import { CENTRE_BIN, type Key, STICK_BINS } from '../../island/index.ts'
import {
  HEAD_WIDTHS,
  initialParameters,
  type NetworkSize,
  type ParameterLayout,
} from '../../network/index.ts'

/** Smallest network that has every part, for tests that play and train. */
export const TINY: NetworkSize = {
  width: 8,
  layers: 1,
  heads: 2,
  patchFeatures: 2,
  frameFeatures: 8,
}

/** Returns a writable view of one slot's parameters. Throws if there is no such slot. */
export function slotOf(
  layout: ParameterLayout,
  parameters: Float32Array,
  name: string,
): Float32Array {
  const slot = layout.slots.find((candidate) => candidate.name === name)
  if (slot === undefined) throw new Error(`There is no slot ${name}`)
  return parameters.subarray(slot.offset, slot.offset + slot.count)
}

/** Stick bins for ahead and to the left: some past-jumppads starts then end on one within ten decisions. */
export const DIAGONALLY = { leftX: 0, leftY: 10, rightX: CENTRE_BIN, rightY: CENTRE_BIN }

/**
 * Returns a random policy that mostly holds the sticks at `DIAGONALLY` whatever it sees. A large bias
 * swamps the frames' features, and the head maps what the bias adds to the residual stream to the sticks.
 */
export function diagonalPolicy(layout: ParameterLayout, key: Key): Float32Array {
  const { width, frameFeatures } = layout.size
  const parameters = initialParameters(layout, key)
  slotOf(layout, parameters, 'frame/join/bias').fill(5)
  const output = slotOf(layout, parameters, 'frame/output/weight')
  const head = slotOf(layout, parameters, 'head/policy')
  const constant = Array.from({ length: width }, (_, column) => {
    let sum = 0
    for (let row = 0; row < frameFeatures; row++) sum += output[row * width + column] ?? 0
    return sum
  })
  const norm = Math.hypot(...constant)
  const { leftX, leftY, rightX, rightY } = DIAGONALLY
  for (const [axis, bin] of [leftX, leftY, rightX, rightY].entries()) {
    for (const [row, value] of constant.entries()) {
      const index = row * HEAD_WIDTHS.policy + axis * STICK_BINS + bin
      head[index] = (head[index] ?? 0) + (2 * value) / norm
    }
  }
  return parameters
}
