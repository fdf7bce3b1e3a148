import { actionFromHeads, HEAD_SIZES, type RandomStream } from '../island/index.ts'

/** Sampled action and its log-probability. */
export interface SampledAction {
  readonly action: number
  /** log π(action), nats, summed over the six heads, at the sampling temperature. */
  readonly logProbability: number
}

/**
 * Returns the softmax of `logits / temperature` over `[first, first + size)`. Temperature 0 gives the
 * largest logit, the first one of equals, probability 1.
 */
function headProbabilities(
  logits: ArrayLike<number>,
  first: number,
  size: number,
  temperature: number,
): Float64Array {
  const values = Float64Array.from({ length: size }, (_, choice) => logits[first + choice] ?? 0)
  const best = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  if (temperature === 0) {
    const winner = values.indexOf(best)
    return values.map((_, choice) => (choice === winner ? 1 : 0))
  }
  const weights = values.map((value) => Math.exp((value - best) / temperature))
  const total = weights.reduce((a, b) => a + b, 0)
  return weights.map((weight) => weight / total)
}

/** Returns the probabilities of every choice of every head, 48 numbers, from one row of logits. */
export function actionProbabilities(
  logits: ArrayLike<number>,
  row: number,
  temperature: number,
): Float32Array {
  const width = HEAD_SIZES.reduce((sum, size) => sum + size, 0)
  const all = new Float32Array(width)
  let first = 0
  for (const size of HEAD_SIZES) {
    all.set(headProbabilities(logits, row * width + first, size, temperature), first)
    first += size
  }
  return all
}

/** Samples one action from row `row` of logits `[rows, 48]`, head by head. */
export function sampleAction(
  logits: ArrayLike<number>,
  row: number,
  temperature: number,
  random: RandomStream,
): SampledAction {
  const probabilities = actionProbabilities(logits, row, temperature)
  const heads: number[] = []
  let logProbability = 0
  let first = 0
  for (const size of HEAD_SIZES) {
    const chosen = draw(probabilities, first, size, random.uniform())
    heads.push(chosen)
    logProbability += Math.log(probabilities[first + chosen] ?? 0)
    first += size
  }
  return { action: actionFromHeads(heads), logProbability }
}

/** Returns the choice whose share of [0, 1) contains `at`; never one of probability 0. */
function draw(probabilities: Float32Array, first: number, size: number, at: number): number {
  let rest = at
  let last = 0
  for (let choice = 0; choice < size; choice++) {
    const share = probabilities[first + choice] ?? 0
    if (share <= 0) continue
    last = choice
    if (rest < share) return choice
    rest -= share
  }
  return last
}
