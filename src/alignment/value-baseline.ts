/** Statistics that determine the least-squares fit: all that has to be kept of past episodes. */
export interface ValueStatistics {
  /** Σ f fᵀ, row-major `[size, size]`, filled in the lower triangle only. */
  readonly gram: readonly number[]
  /** Σ f R, `[size]`. */
  readonly moment: readonly number[]
}

/** Factor by which earlier updates' weight decays at each update: the policy, and so the values, drift. */
const MEMORY = 0.8

/** Ridge penalty, as a share of the mean of the Gram matrix's diagonal. */
const RIDGE = 1e-3

/** Number of features besides the trunk's: the elapsed share of the episode, and a constant. */
const EXTRA = 2
const LONGEST = 100

/**
 * Learnt value function: the expected reward of an episode at each decision, linear in the reward model's
 * features of the frames so far and fitted by least squares to the rewards of earlier updates' episodes.
 * Because it is fitted to earlier updates only, it leaves the policy gradient unbiased if λ is 1; a
 * smaller λ trades some bias for lower variance.
 */
export class ValueBaseline {
  /** Number of the trunk's features per decision. */
  readonly width: number
  readonly #size: number
  readonly #stride: number
  #gram: Float64Array
  #moment: Float64Array
  #weights: Float64Array | undefined

  /**
   * Creates a baseline that learns from every `stride`-th decision of a clip, counted back from the last
   * one: where features are those of every `stride`-th frame, the others tell nothing new.
   */
  constructor(width: number, statistics?: ValueStatistics, stride = 1) {
    this.width = width
    this.#stride = stride
    this.#size = width + EXTRA
    this.#gram = Float64Array.from(statistics?.gram ?? new Float64Array(this.#size ** 2))
    this.#moment = Float64Array.from(statistics?.moment ?? new Float64Array(this.#size))
    if (this.#gram.length !== this.#size ** 2 || this.#moment.length !== this.#size) {
      throw new Error(`Statistics of another network: expected ${this.#size} features`)
    }
    if (statistics !== undefined) this.#weights = this.#solve()
  }

  /** Whether values have been learnt. */
  get ready(): boolean {
    return this.#weights !== undefined
  }

  statistics(): ValueStatistics | undefined {
    if (!this.ready) return undefined
    return { gram: Array.from(this.#gram), moment: Array.from(this.#moment) }
  }

  /**
   * Returns the expected reward before each decision of a clip, from features `[decisions, width]`. Throws
   * if nothing has been learnt.
   */
  values(features: Float32Array): Float64Array {
    const weights = this.#weights
    if (weights === undefined) throw new Error('No values have been learned yet: call learn first')
    const decisions = features.length / this.width
    const row = new Float64Array(this.#size)
    return Float64Array.from({ length: decisions }, (_, decision) => {
      this.#describe(features, decision, row)
      return row.reduce((sum, value, index) => sum + value * (weights[index] ?? 0), 0)
    })
  }

  /**
   * Decays the statistics of earlier updates, adds an update's clips (features `[decisions, width]` and
   * reward of each) and refits the weights.
   */
  learn(clips: readonly { readonly features: Float32Array; readonly reward: number }[]): void {
    this.#gram = this.#gram.map((value) => MEMORY * value)
    this.#moment = this.#moment.map((value) => MEMORY * value)
    const row = new Float64Array(this.#size)
    for (const { features, reward } of clips) {
      const last = features.length / this.width - 1
      for (let decision = last; decision >= 0; decision -= this.#stride) {
        this.#describe(features, decision, row)
        this.#add(row, reward)
      }
    }
    this.#weights = this.#solve()
  }

  #describe(features: Float32Array, decision: number, row: Float64Array): void {
    const width = this.width
    row.set(features.subarray(decision * width, (decision + 1) * width))
    row[width] = decision / LONGEST
    row[width + 1] = 1
  }

  #add(row: Float64Array, reward: number): void {
    const size = this.#size
    const gram = this.#gram
    for (let i = 0; i < size; i++) {
      const value = row[i] ?? 0
      const at = i * size
      for (let j = 0; j <= i; j++) gram[at + j] = (gram[at + j] ?? 0) + value * (row[j] ?? 0)
      this.#moment[i] = (this.#moment[i] ?? 0) + value * reward
    }
  }

  #solve(): Float64Array {
    const size = this.#size
    let trace = 0
    for (let i = 0; i < size; i++) trace += this.#gram[i * size + i] ?? 0
    const factor = this.#gram.slice()
    for (let i = 0; i < size; i++) {
      const at = i * size + i
      factor[at] = (factor[at] ?? 0) + (RIDGE * trace) / size
    }
    return solveCholesky(factor, this.#moment)
  }
}

/**
 * Solves G x = m for a symmetric positive definite matrix given by its lower triangle, which is
 * overwritten by its Cholesky factor.
 */
function solveCholesky(lower: Float64Array, right: Float64Array): Float64Array {
  const size = right.length
  const at = (row: number, column: number): number => lower[row * size + column] ?? 0
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(i, j)
      for (let k = 0; k < j; k++) sum -= at(i, k) * at(j, k)
      lower[i * size + j] = i === j ? Math.sqrt(sum) : sum / at(j, j)
    }
  }
  const x = right.slice()
  for (let i = 0; i < size; i++) {
    let sum = x[i] ?? 0
    for (let k = 0; k < i; k++) sum -= at(i, k) * (x[k] ?? 0)
    x[i] = sum / at(i, i)
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = x[i] ?? 0
    for (let k = i + 1; k < size; k++) sum -= at(k, i) * (x[k] ?? 0)
    x[i] = sum / at(i, i)
  }
  return x
}
