/**
 * The same network and loss in jax-js, in the form that is fastest there. One may pass an array to a
 * function once; every other use takes a `ref`.
 */
import { type Array as JaxArray, nn, numpy as np } from '@jax-js/jax'
import {
  HEAD_WIDTHS,
  headWidth,
  PATCHES,
  STICK_AXES,
  STICK_LOGITS,
} from '../../../src/network/index.ts'
import { ROWS, SHAPE, SIZE } from '../workload.ts'

export type Parameters = Record<string, JaxArray>

/** All of it float32 and made beforehand. */
export type JaxBatch = {
  /** `[rows, 32, 192]`: patches of pixels from −1 to 1. */
  pixels: JaxArray
  /** One-hot `[rows, 48]`. */
  actions: JaxArray
  /** Rotary tables `[100, headWidth]`. */
  cos: JaxArray
  sin: JaxArray
  /** `[100, 100]`: 0 where a decision may look, −10,000 elsewhere. */
  mask: JaxArray
}

const NORM_EPSILON = 1e-6

function rmsNorm(x: JaxArray, gain: JaxArray): JaxArray {
  const square = np.mean(np.square(x.ref), -1, { keepdims: true })
  const inverse = np.reciprocal(np.sqrt(square.add(NORM_EPSILON)))
  return x.mul(inverse).mul(gain)
}

/** `[clips, heads, length, part]` turned by rotary angles. */
function rotate(x: JaxArray, cos: JaxArray, sin: JaxArray): JaxArray {
  const half = headWidth(SIZE) / 2
  const [left, right] = np.split(x.ref, 2, -1)
  if (left === undefined || right === undefined || half === 0) throw new Error('no halves')
  const turned = np.concatenate([right.mul(-1), left], -1)
  return x.mul(cos).add(turned.mul(sin))
}

function attention(x: JaxArray, cos: JaxArray, sin: JaxArray, mask: JaxArray): JaxArray {
  const { clips, length } = SHAPE
  const { heads, width } = SIZE
  const part = headWidth(SIZE)
  const split = x.reshape([clips, length, 3, heads, part]).transpose([2, 0, 3, 1, 4])
  const query = rotate(split.ref.slice(0), cos.ref, sin.ref)
  const key = rotate(split.ref.slice(1), cos, sin)
  const value = split.slice(2)
  const scores = np.matmul(query.mul(1 / Math.sqrt(part)), np.matrixTranspose(key)).add(mask)
  const mixed = np.matmul(nn.softmax(scores, -1), value)
  return mixed.transpose([0, 2, 1, 3]).reshape([ROWS, width])
}

export function imitationLoss(parameters: Parameters, batch: JaxBatch): JaxArray {
  const get = (name: string): JaxArray => {
    const parameter = parameters[name]
    if (parameter === undefined) throw new Error(`no parameter ${name}`)
    return parameter
  }
  const patches = np.matmul(batch.pixels, get('frame/patch/weight')).add(get('frame/patch/bias'))
  const features = nn.relu(patches).reshape([ROWS, PATCHES * SIZE.patchFeatures])
  const joined = np.matmul(features, get('frame/join/weight')).add(get('frame/join/bias'))
  let stream = np.matmul(nn.relu(joined), get('frame/output/weight'))
  for (let layer = 0; layer < SIZE.layers; layer++) {
    const name = `layer${layer}`
    const normed = rmsNorm(stream.ref, get(`${name}/attention/gain`))
    const mixed = attention(
      np.matmul(normed, get(`${name}/attention/queryKeyValue`)),
      batch.cos.ref,
      batch.sin.ref,
      batch.mask.ref,
    )
    stream = stream.add(np.matmul(mixed, get(`${name}/attention/output`)))
    const hidden = nn.relu(
      np.matmul(rmsNorm(stream.ref, get(`${name}/mlp/gain`)), get(`${name}/mlp/expand`)),
    )
    stream = stream.add(np.matmul(np.square(hidden), get(`${name}/mlp/contract`)))
  }
  batch.cos.dispose()
  batch.sin.dispose()
  batch.mask.dispose()
  const logits = np.matmul(rmsNorm(stream, get('final/gain')), get('head/policy'))
  return crossEntropy(logits, batch.actions)
}

/** Nats a decision, over all heads. */
function crossEntropy(logits: JaxArray, actions: JaxArray): JaxArray {
  const [sticks, buttons] = np.split(logits, [STICK_LOGITS], -1)
  const [stickActions, buttonActions] = np.split(actions, [STICK_LOGITS], -1)
  if (!(sticks && buttons && stickActions && buttonActions)) throw new Error('no halves')
  const group = (scores: JaxArray, made: JaxArray, heads: number, choices: number): JaxArray => {
    const shape = [ROWS, heads, choices]
    return nn.logSoftmax(scores.reshape(shape), -1).mul(made.reshape(shape)).sum()
  }
  const buttonLogits = HEAD_WIDTHS.policy - STICK_LOGITS
  const likelihood = group(sticks, stickActions, STICK_AXES, STICK_LOGITS / STICK_AXES).add(
    group(buttons, buttonActions, buttonLogits / 2, 2),
  )
  return likelihood.mul(-1 / ROWS)
}
