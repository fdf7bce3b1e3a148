/**
 * The same network and loss in jax-js, in its fastest form. jax-js arrays are consumed when passed
 * to a function; any further use needs a `ref`.
 */
import { type Array as JaxArray, nn, numpy as np, tree } from '@jax-js/jax'
import {
  HEAD_WIDTHS,
  headWidth,
  PATCHES,
  STICK_AXES,
  STICK_LOGITS,
} from '../../../src/network/index.ts'
import { ROWS, SHAPE, SIZE } from '../workload.ts'

/**
 * Parameters by name. The gains form a single array `[norms, width]`, two for each block and the
 * final one, because each array costs several dispatches.
 */
export type Parameters = Record<string, JaxArray>
export const GAINS = 'gains'

export type JaxBatch = {
  /** Patches of pixels from −1 to 1, `[rows, 32, 192]`. */
  pixels: JaxArray
  /** One-hot actions, `[rows, 48]`. */
  actions: JaxArray
}

export type Tables = {
  /** Rotary tables `[100, 1, 2, headWidth / 2]`; the sine is negated in the first half. */
  cos: JaxArray
  signedSin: JaxArray
  /** Causal mask `[100, 100]`: 0 where a decision may attend, −10,000 elsewhere. */
  mask: JaxArray
}

const NORM_EPSILON = 1e-6

function rmsNorm(x: JaxArray, gain: JaxArray): JaxArray {
  const square = np.mean(np.square(x.ref), -1, { keepdims: true })
  const inverse = np.reciprocal(np.sqrt(square.add(NORM_EPSILON)))
  return x.mul(inverse).mul(gain)
}

/**
 * Applies rotary position embeddings to `[rows, width]`; returns `[clips, heads, length, part]`.
 * The halves of a head are swapped by a flip, which is free because it only changes the array's
 * view, whereas concatenation would copy them.
 */
function rotate(x: JaxArray, cos: JaxArray, signedSin: JaxArray): JaxArray {
  const { clips, length } = SHAPE
  const { heads } = SIZE
  const half = headWidth(SIZE) / 2
  const halves = x.reshape([clips, length, heads, 2, half])
  const swapped = np.flip(halves.ref, 3)
  const turned = halves.mul(cos).add(swapped.mul(signedSin))
  return turned.reshape([clips, length, heads, 2 * half]).transpose([0, 2, 1, 3])
}

/**
 * Computes causal self-attention on normalised `[rows, width]`. Queries, keys and values are
 * projected separately, so that their gradients need no concatenation.
 */
function attention(x: JaxArray, weight: JaxArray, tables: Tables): JaxArray {
  const { clips, length } = SHAPE
  const { heads, width } = SIZE
  const part = headWidth(SIZE)
  const project = (index: number): JaxArray =>
    np.matmul(x.ref, weight.ref.slice([], [index * width, (index + 1) * width]))
  const query = rotate(project(0), tables.cos.ref, tables.signedSin.ref)
  const key = rotate(project(1), tables.cos.ref, tables.signedSin.ref)
  const value = project(2).reshape([clips, length, heads, part]).transpose([0, 2, 1, 3])
  x.dispose()
  weight.dispose()
  const scores = np.matmul(query.mul(1 / Math.sqrt(part)), np.matrixTranspose(key))
  const mixed = np.matmul(nn.softmax(scores.add(tables.mask.ref), -1), value)
  return mixed.transpose([0, 2, 1, 3]).reshape([ROWS, width])
}

/** Returns the mean imitation loss in nats per decision. */
export function imitationLoss(parameters: Parameters, batch: JaxBatch, tables: Tables): JaxArray {
  const get = (name: string): JaxArray => {
    const parameter = parameters[name]
    if (parameter === undefined) throw new Error(`no parameter ${name}`)
    return parameter
  }
  const gain = (index: number): JaxArray => get(GAINS).ref.slice(index)
  const patches = np.matmul(batch.pixels, get('frame/patch/weight')).add(get('frame/patch/bias'))
  const features = nn.relu(patches).reshape([ROWS, PATCHES * SIZE.patchFeatures])
  const joined = np.matmul(features, get('frame/join/weight')).add(get('frame/join/bias'))
  let stream = np.matmul(nn.relu(joined), get('frame/output/weight'))
  for (let layer = 0; layer < SIZE.layers; layer++) {
    const name = `layer${layer}`
    const normed = rmsNorm(stream.ref, gain(2 * layer))
    const mixed = attention(normed, get(`${name}/attention/queryKeyValue`), tables)
    stream = stream.add(np.matmul(mixed, get(`${name}/attention/output`)))
    const hidden = nn.relu(
      np.matmul(rmsNorm(stream.ref, gain(2 * layer + 1)), get(`${name}/mlp/expand`)),
    )
    stream = stream.add(np.matmul(np.square(hidden), get(`${name}/mlp/contract`)))
  }
  const logits = np.matmul(rmsNorm(stream, gain(2 * SIZE.layers)), get('head/policy'))
  get(GAINS).dispose()
  tree.dispose(tables)
  return crossEntropy(logits, batch.actions)
}

/** Returns the cross-entropy in nats per decision, summed over all heads. */
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
