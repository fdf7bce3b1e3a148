import { HEAD_SIZES, headsFromAction } from '../island/index.ts'

const WIDTH = HEAD_SIZES.reduce((sum, size) => sum + size, 0)

/** KL divergence and entropy, summed over decisions, nats. */
export interface Divergence {
  /** KL divergence KL(π ‖ π_ref) from the reference policy, exact over every choice of every head. */
  readonly kl: number
  readonly entropy: number
}

/** Returns the sums for a policy's logits `[decisions, 48]` and the reference's for the same decisions. */
export function divergence(logits: Float32Array, reference: Float32Array): Divergence {
  let kl = 0
  let entropy = 0
  for (let row = 0; row < logits.length; row += WIDTH) {
    let first = row
    for (const size of HEAD_SIZES) {
      const own = logSumExp(logits, first, size)
      const other = logSumExp(reference, first, size)
      for (let at = first; at < first + size; at++) {
        const logPi = (logits[at] ?? Number.NaN) - own
        const share = Math.exp(logPi)
        kl += share * (logPi - (reference[at] ?? Number.NaN) + other)
        entropy -= share * logPi
      }
      first += size
    }
  }
  return { kl, entropy }
}

/** Returns log π of each action, nats, from a policy's logits `[decisions, 48]`, summed over the heads. */
export function logProbabilities(logits: Float32Array, actions: Uint16Array): Float32Array {
  const heads = new Int32Array(HEAD_SIZES.length)
  return Float32Array.from(actions, (action, decision) => {
    headsFromAction(action, heads, 0)
    let first = decision * WIDTH
    let sum = 0
    for (const [head, size] of HEAD_SIZES.entries()) {
      const chosen = logits[first + (heads[head] ?? Number.NaN)] ?? Number.NaN
      sum += chosen - logSumExp(logits, first, size)
      first += size
    }
    return sum
  })
}

function logSumExp(values: Float32Array, first: number, count: number): number {
  let highest = Number.NEGATIVE_INFINITY
  for (let at = first; at < first + count; at++) highest = Math.max(highest, values[at] ?? 0)
  let sum = 0
  for (let at = first; at < first + count; at++) sum += Math.exp((values[at] ?? 0) - highest)
  return highest + Math.log(sum)
}
