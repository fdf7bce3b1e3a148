/**
 * The model of Dawid & Skene 1979, "Maximum Likelihood Estimation of Observer Error-Rates Using the
 * EM Algorithm", Applied Statistics 28:20–28. Each item has an unknown true category j, drawn with
 * probability p_j; rater k then answers l with probability π_jl^(k), independently of the others.
 */
import { categoryOf, type Rating, type RatingScale, ratingsByItem } from './ratings.ts'

export interface DawidSkeneSettings {
  /**
   * Answers added to every cell of every rater's confusion matrix, as a Dirichlet prior with
   * parameters 1 + `smoothing`; 0 gives maximum likelihood.
   */
  readonly smoothing: number
  /**
   * Whether to treat the two sides of a comparison alike: p and π are the same after first and
   * second are exchanged. It halves the number of parameters.
   */
  readonly symmetric: boolean
  /** Rise of the objective at which EM stops, nats. */
  readonly tolerance: number
  readonly mostSteps: number
}

/**
 * Settings for comparisons. Which clip is the first says nothing about the answer, hence symmetric.
 * The smoothing keeps raters with few answers from looking infallible: of 0, 0.1, 0.5, 1, 2 and 4,
 * 1 came within a percentage point of the best in all of six simulated studies (`bench/aggregation.ts`). With
 * sides that are not treated alike, 1 is too much for raters with 18 answers each.
 */
export const DAWID_SKENE_SETTINGS: DawidSkeneSettings = {
  smoothing: 1,
  symmetric: true,
  tolerance: 1e-9,
  mostSteps: 1000,
}

export interface DawidSkeneFit {
  /** Probability p_j of each category of the scale. */
  readonly priors: readonly number[]
  /** Confusion matrices π by rater: rows are true categories, columns answers. */
  readonly raters: ReadonlyMap<string, readonly (readonly number[])[]>
  /** Probability of each category by item. */
  readonly posteriors: ReadonlyMap<string, readonly number[]>
  /** Log-likelihood of the ratings, nats. */
  readonly logLikelihood: number
  /** Log-likelihood plus log prior of the smoothing after each step of EM; never falls. */
  readonly objectives: readonly number[]
  /** Whether the rise of the objective fell below the tolerance. */
  readonly converged: boolean
}

/**
 * Fits the model by EM, from the shares of the answers that each item received (equation 3.1).
 * Raters may leave items out and rate items several times. Deterministic; finds a local maximum.
 * Throws an Error when a value is not on the scale, or if the sides are to be treated alike and the
 * scale is not symmetric.
 */
export function dawidSkene(
  ratings: readonly Rating[],
  scale: RatingScale,
  settings: DawidSkeneSettings = DAWID_SKENE_SETTINGS,
): DawidSkeneFit {
  if (settings.symmetric) checkSymmetric(scale)
  const items = [...ratingsByItem(ratings)].map(([item, group]) => ({
    item,
    answers: group.map((rating) => ({ rater: rating.rater, answer: categoryOf(rating, scale) })),
  }))
  const data: RatedItems = { items, categories: scale.length }
  const start = items.map(({ answers }) => answerShares(answers, scale.length))
  const { beliefs, ...fit } = iterate(data, start, settings)
  const posteriors = items.map(({ item }, index) => [item, beliefs[index] ?? []] as const)
  return { ...fit, posteriors: new Map(posteriors) }
}

interface Answer {
  readonly rater: string
  readonly answer: number
}

interface RatedItems {
  readonly items: readonly { readonly item: string; readonly answers: readonly Answer[] }[]
  readonly categories: number
}

type Parameters = Pick<DawidSkeneFit, 'priors' | 'raters'>

/** Probability of each category, for each item. */
type Beliefs = readonly (readonly number[])[]

/** Runs EM until it converges or the steps are used up. */
function iterate(data: RatedItems, start: Beliefs, settings: DawidSkeneSettings) {
  let parameters = maximise(data, start, settings)
  let expected = infer(data, parameters)
  const objectiveOf = () => expected.logLikelihood + logPrior(parameters, settings.smoothing)
  const objectives = [objectiveOf()]
  let converged = false
  while (!converged && objectives.length < settings.mostSteps) {
    parameters = maximise(data, expected.beliefs, settings)
    expected = infer(data, parameters)
    const objective = objectiveOf()
    converged = objective - (objectives.at(-1) ?? 0) < settings.tolerance
    objectives.push(objective)
  }
  return { ...parameters, ...expected, objectives, converged }
}

function checkSymmetric(scale: RatingScale): void {
  if (scale.every((value, index) => value + (scale.at(-1 - index) ?? 0) === 1)) return
  throw new Error(
    `Found the scale ${scale.join(', ')}, expected one that mirrors at 0.5: fit it with symmetric set to false`,
  )
}

function answerShares(answers: readonly Answer[], categories: number): number[] {
  return Array.from(
    { length: categories },
    (_, j) => answers.filter(({ answer }) => answer === j).length / answers.length,
  )
}

/** Returns the most probable parameters under the given beliefs (equations 2.3 and 2.4). */
function maximise(
  { items, categories }: RatedItems,
  beliefs: Beliefs,
  { smoothing, symmetric }: DawidSkeneSettings,
): Parameters {
  const priors = new Array<number>(categories).fill(0)
  const counts = new Map<string, number[][]>()
  for (const [index, { answers }] of items.entries()) {
    const belief = beliefs[index] ?? []
    for (const [j, share] of belief.entries()) priors[j] = (priors[j] ?? 0) + share
    for (const { rater, answer } of answers) {
      const matrix = counts.get(rater) ?? priors.map(() => priors.map(() => smoothing))
      counts.set(rater, matrix)
      for (const [j, row] of matrix.entries()) {
        row[answer] = (row[answer] ?? 0) + (belief[j] ?? 0)
      }
    }
  }
  const tied = symmetric ? mirroredMean(priors, (a, b) => (a + b) / 2) : priors
  const matrices = [...counts].map(([rater, matrix]) => {
    const sums = symmetric ? mirroredMatrixMean(matrix) : matrix
    return [rater, sums.map(normalised)] as const
  })
  return { priors: normalised(tied), raters: new Map(matrices) }
}

/** Returns a list averaged with its mirror image. */
function mirroredMean<T>(list: readonly T[], mean: (a: T, b: T) => T): T[] {
  return list.map((entry, index) => mean(entry, list.at(-1 - index) ?? entry))
}

function mirroredMatrixMean(
  matrix: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  return mirroredMean(matrix, (row, opposite) =>
    row.map((entry, l) => (entry + (opposite.at(-1 - l) ?? 0)) / 2),
  )
}

/** Returns weights scaled to sum to 1; equal ones where all are 0, as nothing is known then. */
function normalised(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => (sum > 0 ? weight / sum : 1 / weights.length))
}

/**
 * Returns the posterior of each item (equation 2.5) and the log-likelihood (equation 2.7), in
 * logarithms, because products over many raters underflow.
 */
function infer(
  { items }: RatedItems,
  { priors, raters }: Parameters,
): { beliefs: number[][]; logLikelihood: number } {
  let logLikelihood = 0
  const beliefs = items.map(({ answers }) => {
    const logs = priors.map((prior, j) =>
      answers.reduce(
        (sum, { rater, answer }) => sum + Math.log(raters.get(rater)?.[j]?.[answer] ?? 0),
        Math.log(prior),
      ),
    )
    const largest = Math.max(...logs)
    const weights = logs.map((log) => Math.exp(log - largest))
    logLikelihood += largest + Math.log(weights.reduce((sum, weight) => sum + weight, 0))
    return normalised(weights)
  })
  return { beliefs, logLikelihood }
}

/** Returns the logarithm of the Dirichlet priors of the confusion matrices, up to a constant. */
function logPrior({ raters }: Parameters, smoothing: number): number {
  if (smoothing === 0) return 0
  const cells = [...raters.values()].flat(2)
  return smoothing * cells.reduce((sum, cell) => sum + Math.log(cell), 0)
}
