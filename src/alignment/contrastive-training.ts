import { encodeModel } from '../graph/index.ts'
import { type Key, splitKey } from '../island/index.ts'
import type { ParameterLayout } from '../network/index.ts'
import { type Device, type Feeds, float32, scalar } from '../runtime/index.ts'
import {
  at,
  COMPARISON_FIELDS,
  inPairs,
  lengthFor,
  type PairGradient,
  type PairReport,
  trainOnComparisons,
} from './comparison-training.ts'
import { type Comparison, preferredClip } from './comparisons.ts'
import { contrastiveGradientGraph } from './contrastive-graph.ts'
import { logProbabilities } from './divergence.ts'
import { imitationFeeds } from './imitation.ts'
import { freshSnapshot, Learner, type Snapshot } from './learner.ts'
import type { Ended, LoopControl } from './loop-control.ts'
import { ADAM } from './optimiser-fields.ts'
import { type RecipeOf, real } from './recipe.ts'
import { CLIP_LENGTHS, packClips, type SeenClip } from './seen-clips.ts'

const { steps, pairsPerBatch, ...optimisation } = COMPARISON_FIELDS

/** Recipe fields of contrastive preference learning. */
export const CONTRASTIVE_FIELDS = {
  steps: { ...steps, default: 150 },
  pairsPerBatch,
  alpha: real(0.1, {
    minimum: 1e-4,
    maximum: 100,
    help: 'Weight α of log-probabilities in a clip’s score: the smaller, the further the policy moves for one preference',
  }),
  discount: real(1, {
    minimum: 0.5,
    maximum: 1,
    help: 'Factor γ per decision by which later decisions count less (1: all alike)',
  }),
  conservative: real(1, {
    minimum: 0.01,
    maximum: 1,
    help: 'Weight λ of the less preferred clip’s score: below 1, keeping both clips likely is rewarded (1: none)',
  }),
  imitation: real(1, {
    minimum: 0,
    maximum: 100,
    help: 'Weight of imitating the preferred clip of each pair as well, per nat and decision (0: none)',
  }),
  ...optimisation,
} as const

export type ContrastiveRecipe = RecipeOf<typeof CONTRASTIVE_FIELDS>

export interface ContrastiveOptions {
  readonly device: Device
  /** Layout of `initial`: the whole policy, or its upper blocks if `clips` hold the stream below. */
  readonly layout: ParameterLayout
  readonly recipe: ContrastiveRecipe
  readonly key: Key
  readonly clips: readonly SeenClip[]
  readonly comparisons: readonly Comparison[]
  /** Logits of the starting policy for each clip, `[decisions, 48]`. */
  readonly reference: readonly Float32Array[]
  /** Parameters before the first update. */
  readonly initial: Float32Array
  /** Snapshot of an earlier run with the same options, to resume from. */
  readonly from?: Snapshot | undefined
  readonly control?: LoopControl | undefined
}

/**
 * Trains a policy on comparisons, without a reward model: contrastive preference learning (Hejna et al.
 * 2023, arXiv 2310.13639) with scores relative to the starting policy. Without that reference a longer
 * clip would start with the lower score, as its actions are jointly less likely. The metrics of updates
 * are those of `contrastiveGradientGraph`.
 */
export async function* trainContrastive(
  options: ContrastiveOptions,
): AsyncGenerator<PairReport, Ended & { readonly snapshot: Snapshot }> {
  const { recipe, key, comparisons, control } = options
  const order = splitKey(key, 'order')
  return yield* trainOnComparisons(await gradientOf(options), {
    ...{ recipe, order, comparisons, control },
  })
}

async function gradientOf(options: ContrastiveOptions): Promise<PairGradient> {
  const { device, layout, recipe, clips, initial, reference } = options
  const pairs = recipe.pairsPerBatch
  const learner = await Learner.create(
    device,
    layout,
    CLIP_LENGTHS.map((length) => encodeModel(contrastiveGradientGraph(layout, pairs, length))),
    { ...ADAM, ...recipe },
    options.from ?? freshSnapshot(initial),
  )
  const started = clips.map(({ actions }, index) =>
    logProbabilities(reference[index] ?? new Float32Array(0), actions),
  )
  return {
    learner,
    accumulate(chosen) {
      const indices = inPairs(chosen)
      const paired = indices.map((index) => at(clips, index))
      const graph = lengthFor(paired)
      const batch = packClips(paired, at(CLIP_LENGTHS, graph))
      const before = indices.map((index) => at(started, index))
      const { weights: _, ...seen } = imitationFeeds(batch)
      return learner.accumulate(
        { ...seen, ...contrastiveFeeds(recipe, batch.length, chosen, before) },
        graph,
      )
    },
    release: () => learner.release(),
  }
}

/** Returns the feeds of a gradient graph besides clips: verdicts, and per row credits, weights and log π_start. */
export function contrastiveFeeds(
  { alpha, discount, conservative, imitation }: ContrastiveRecipe,
  length: number,
  chosen: readonly Comparison[],
  started: readonly Float32Array[],
): Feeds {
  const rows = started.length * length
  const credits = new Float32Array(rows)
  const weights = new Float32Array(rows)
  const reference = new Float32Array(rows)
  for (const [clip, own] of started.entries()) {
    const first = clip * length
    reference.set(own, first)
    weights.fill((imitation * preferenceFor(chosen, clip)) / own.length, first, first + own.length)
    for (let decision = 0; decision < own.length; decision++)
      credits[first + decision] = alpha * discount ** decision
  }
  const verdicts = Float32Array.from(chosen, ({ verdict }) => verdict)
  return {
    credits: float32([rows], credits),
    imitation: float32([rows], weights),
    referenceLogProbabilities: float32([rows], reference),
    verdict: float32([chosen.length], verdicts),
    conservative: scalar(conservative),
  }
}

/**
 * Returns how clearly a clip of a batch is preferred, 0…1: |2y − 1| for the preferred clip of a pair, 0
 * for the other one and for both clips of a tie. The batch holds all first clips, then all second ones.
 */
function preferenceFor(chosen: readonly Comparison[], clip: number): number {
  const side = clip < chosen.length ? 'first' : 'second'
  const comparison = at(chosen, clip % chosen.length)
  return preferredClip(comparison) === side ? Math.abs(2 * comparison.verdict - 1) : 0
}

/** Returns the score of each clip: Σ α γᵗ (log π − log π_start), from both policies' logits. */
export function contrastiveScores(
  { alpha, discount }: Pick<ContrastiveRecipe, 'alpha' | 'discount'>,
  clips: readonly SeenClip[],
  logits: readonly Float32Array[],
  reference: readonly Float32Array[],
): Float32Array {
  return Float32Array.from(clips, ({ actions }, index) => {
    const now = logProbabilities(at(logits, index), actions)
    const before = logProbabilities(at(reference, index), actions)
    return now.reduce(
      (sum, value, decision) =>
        sum + alpha * discount ** decision * (value - (before[decision] ?? Number.NaN)),
      0,
    )
  })
}

/** Returns the mean contrastive loss of comparisons, nats, given the score of each clip. */
export function contrastiveLoss(
  scores: ArrayLike<number>,
  comparisons: readonly Comparison[],
  conservative: number,
): number {
  const against = (better: number, worse: number): number => {
    const by = conservative * worse - better
    return Math.max(by, 0) + Math.log1p(Math.exp(-Math.abs(by)))
  }
  const total = comparisons.reduce((sum, { first, second, verdict }) => {
    const [a, b] = [scores[first] ?? Number.NaN, scores[second] ?? Number.NaN]
    return sum + verdict * against(a, b) + (1 - verdict) * against(b, a)
  }, 0)
  return total / comparisons.length
}
