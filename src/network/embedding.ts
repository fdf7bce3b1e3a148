import type { Dim, GraphBuilder, Value } from '../graph/index.ts'
import { FRAME_HEIGHT, FRAME_WIDTH, HEAD_SIZES, STICK_BINS } from '../island/index.ts'
import {
  PATCH_COLUMNS,
  PATCH_ROWS,
  PATCH_SIDE,
  PATCH_VALUES,
  PATCHES,
} from './observation-layout.ts'
import { HEAD_WIDTHS } from './parameters.ts'
import type { NetworkSize } from './sizes.ts'
import type { Weights } from './weights.ts'

/** Sticks come first among the action heads: four axes of eleven bins. */
export const STICK_AXES = HEAD_SIZES.filter((size) => size === STICK_BINS).length
export const BUTTONS = HEAD_SIZES.length - STICK_AXES
/** Logits that belong to the sticks; the buttons' follow. */
export const STICK_LOGITS = STICK_AXES * STICK_BINS
const BUTTON_STATES = 2

/**
 * The input `frames`, uint8 `[rows, 32, 64, 3]`: what was seen before each decision, and all that the
 * network is given. It is not told what it did before: see docs/decisions/pixels-only.md.
 */
export function framesInput(builder: GraphBuilder, rows: Dim): Value {
  return builder.input('frames', 'uint8', [rows, FRAME_HEIGHT, FRAME_WIDTH, 3])
}

/**
 * One-hot rows `[rows, 48]` of action bins int32 `[rows, 6]`; a bin of −1 gives zeros. Each of the
 * 48 columns gathers its head's bin and compares it with its own choice.
 */
export function oneHotActions(builder: GraphBuilder, actions: Value): Value {
  const heads = HEAD_SIZES.flatMap((size, head) => Array.from({ length: size }, () => head))
  const choices = HEAD_SIZES.flatMap((size) => Array.from({ length: size }, (_, choice) => choice))
  const width = HEAD_WIDTHS.policy
  const bins = builder.gather(
    actions,
    builder.constant('int32', [width], Int32Array.from(heads)),
    1,
  )
  const hits = builder.equal(bins, builder.constant('int32', [1, width], Int32Array.from(choices)))
  return builder.cast(hits, 'float32')
}

/** The frame as 32 patches of 8×8×3 byte values: float32 `[rows, 32, 192]`, 0 to 255. */
function patches(builder: GraphBuilder, frames: Value, rows: Dim): Value {
  // Cast first: WebGPU has no kernel that transposes bytes.
  const split = builder.reshape(builder.cast(frames, 'float32'), [
    rows,
    PATCH_ROWS,
    PATCH_SIDE,
    PATCH_COLUMNS,
    PATCH_SIDE * 3,
  ])
  const values = builder.transpose(split, [0, 1, 3, 2, 4])
  return builder.reshape(values, [rows, PATCHES, PATCH_VALUES])
}

/**
 * Projects pixels scaled to [−1, 1]: (x / 127.5 − 1) W + b, computed as x (W / 127.5) + (b − 1 W) so
 * that the scaling touches the small matrix and not every pixel.
 */
function projectPatches(builder: GraphBuilder, weights: Weights, pixels: Value): Value {
  const weight = weights.get('frame/patch/weight')
  const bias = builder.sub(weights.get('frame/patch/bias'), builder.reduceSum(weight, [0]))
  return builder.add(builder.matmul(pixels, builder.mul(weight, 1 / 127.5)), bias)
}

/** Embeds frames, see `framesInput`: float32 `[rows, width]`. */
export function embedFrames(
  builder: GraphBuilder,
  weights: Weights,
  size: NetworkSize,
  frames: Value,
  rows: Dim,
): Value {
  const pixels = patches(builder, frames, rows)
  const projected = projectPatches(builder, weights, pixels)
  const features = builder.reshape(builder.relu(projected), [rows, PATCHES * size.patchFeatures])
  const joined = builder.add(
    builder.matmul(features, weights.get('frame/join/weight')),
    weights.get('frame/join/bias'),
  )
  return builder.matmul(builder.relu(joined), weights.get('frame/output/weight'))
}

/** Action logits `[rows, 48]` of trunk features `[rows, width]`. */
export function policyHead(builder: GraphBuilder, weights: Weights, features: Value): Value {
  return builder.matmul(features, weights.get('head/policy'))
}

/** Log-probabilities of every choice of every head, `[rows, 48]`, from logits `[rows, 48]`. */
export function actionLogProbabilities(builder: GraphBuilder, logits: Value, rows: Dim): Value {
  const sticks = builder.slice(logits, 1, 0, STICK_LOGITS)
  const buttons = builder.slice(logits, 1, STICK_LOGITS, HEAD_WIDTHS.policy)
  const normalise = (group: Value, heads: number, choices: number): Value =>
    builder.reshape(builder.logSoftmax(builder.reshape(group, [rows, heads, choices])), [
      rows,
      heads * choices,
    ])
  return builder.concat(
    [normalise(sticks, STICK_AXES, STICK_BINS), normalise(buttons, BUTTONS, BUTTON_STATES)],
    1,
  )
}
