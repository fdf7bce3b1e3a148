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
import type { NamedWeights } from './weights.ts'

/** Number of stick axes: four, of eleven bins each. They are the first action heads. */
export const STICK_AXES = HEAD_SIZES.filter((size) => size === STICK_BINS).length
const BUTTONS = HEAD_SIZES.length - STICK_AXES
/** Number of stick logits; the buttons' logits follow them. */
export const STICK_LOGITS = STICK_AXES * STICK_BINS
const BUTTON_STATES = 2

/**
 * Declares the input `frames`, uint8 `[rows, 32, 64, 3]`: the frame before each decision. Frames are
 * the only observation; past actions are not fed back (see docs/decisions/pixels-only.md).
 */
export function framesInput(builder: GraphBuilder, rows: Dim): Value {
  return builder.input('frames', 'uint8', [rows, FRAME_HEIGHT, FRAME_WIDTH, 3])
}

/**
 * One-hot encodes action bins, int32 `[rows, 6]`, as float32 `[rows, 48]`; a bin of −1 gives zeros.
 * Each of the 48 columns gathers its head's bin and compares it with its own choice.
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

/** Splits frames into 32 patches of 8×8×3 values: float32 `[rows, 32, 192]`, 0 to 255. */
function patches(builder: GraphBuilder, frames: Value, rows: Dim): Value {
  // Cast first: the WebGPU backend has no kernel that transposes uint8.
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

/** Matrix and bias that project the pixels of patches. */
export interface PatchProjection {
  readonly weight: Value
  readonly bias: Value
}

/**
 * Folds the scaling of pixels to [−1, 1] into their projection: (x / 127.5 − 1) W + b is computed as
 * x (W / 127.5) + (b − 1 W), so that the scaling applies to the small matrix and not to every pixel.
 */
export function patchProjection(builder: GraphBuilder, weights: NamedWeights): PatchProjection {
  const weight = weights.get('frame/patch/weight')
  return {
    weight: builder.mul(weight, 1 / 127.5),
    bias: builder.sub(weights.get('frame/patch/bias'), builder.reduceSum(weight, [0])),
  }
}

/** Embeds the `frames` of `framesInput` as float32 `[rows, width]`. */
export function embedFrames(
  builder: GraphBuilder,
  weights: NamedWeights,
  size: NetworkSize,
  frames: Value,
  rows: Dim,
  { weight, bias }: PatchProjection = patchProjection(builder, weights),
): Value {
  const projected = builder.add(builder.matmul(patches(builder, frames, rows), weight), bias)
  const features = builder.reshape(builder.relu(projected), [rows, PATCHES * size.patchFeatures])
  const joined = builder.add(
    builder.matmul(features, weights.get('frame/join/weight')),
    weights.get('frame/join/bias'),
  )
  return builder.matmul(builder.relu(joined), weights.get('frame/output/weight'))
}

/** Computes action logits `[rows, 48]` from trunk features `[rows, width]`. */
export function policyHead(builder: GraphBuilder, weights: NamedWeights, features: Value): Value {
  return builder.matmul(features, weights.get('head/policy'))
}

/** Computes log-probabilities of every choice of every head, `[rows, 48]`, from logits `[rows, 48]`. */
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
