import { encodeModel } from '../graph/index.ts'
import { type Key, RandomStream, splitKey } from '../island/index.ts'
import { headLayout, type ParameterLayout } from '../network/index.ts'
import { type Device, type Feeds, float32 } from '../runtime/index.ts'
import { ClipScorer, rewardFeeds } from './clip-scorer.ts'
import {
  at,
  COMPARISON_FIELDS,
  inPairs,
  lengthFor,
  type PairGradient,
  trainOnComparisons,
} from './comparison-training.ts'
import type { Comparison } from './comparisons.ts'
import { inOtherLight } from './jitter.ts'
import { relay } from './job.ts'
import { freshSnapshot, Learner, type Snapshot } from './learner.ts'
import type { Ended, LoopControl } from './loop-control.ts'
import { ADAM, STRIDE_FIELD } from './optimiser-fields.ts'
import { choice, type RecipeOf, real } from './recipe.ts'
import { headGradientGraph, rewardGradientGraph } from './reward-graph.ts'
import { packClips, rowLengths, type SeenClip, thinned } from './seen-clips.ts'

const { steps, pairsPerBatch, checkpointEvery, ...optimisation } = COMPARISON_FIELDS

/** Recipe fields for training a reward model on comparisons. */
export const REWARD_FIELDS = {
  steps,
  pairsPerBatch,
  trunk: choice(
    'trained',
    ['trained', 'frozen'],
    'Whether to train the trunk (everything before the read-out) as well, or only the read-out',
  ),
  jitter: real(0.25, {
    minimum: 0,
    maximum: 0.9,
    help: 'Strength of the random lighting changes applied to clips while the trunk is trained (0: none)',
  }),
  stride: STRIDE_FIELD,
  ...optimisation,
  checkpointEvery,
} as const

export type RewardRecipe = RecipeOf<typeof REWARD_FIELDS>

export type RewardReport =
  | {
      readonly kind: 'update'
      readonly step: number
      readonly steps: number
      /** Mean Bradley–Terry loss of the update's comparisons, nats; log 2 is that of a random guess. */
      readonly loss: number
    }
  | { readonly kind: 'checkpoint'; readonly step: number; readonly snapshot: Snapshot }

export interface RewardOptions {
  readonly device: Device
  /** Layout of `initial`: the whole reward model, or its upper blocks if `clips` hold the stream below. */
  readonly layout: ParameterLayout
  readonly recipe: RewardRecipe
  readonly key: Key
  readonly clips: readonly SeenClip[]
  /**
   * Number of times that `clips` holds every clip, one whole list after the other, each in another
   * light: for streams, whose light can no longer be changed. 1 if omitted.
   */
  readonly lights?: number
  readonly comparisons: readonly Comparison[]
  /** Parameters before the first update. */
  readonly initial: Float32Array
  /** Snapshot of an earlier run with the same options, to resume from. */
  readonly from?: Snapshot | undefined
  readonly control?: LoopControl | undefined
}

export interface TrainedReward extends Ended {
  readonly parameters: Float32Array
  /** Number of updates that led to the parameters. */
  readonly step: number
}

/**
 * Trains a reward model on comparisons with the Bradley–Terry loss, as `trainOnComparisons` does. With a
 * frozen trunk, the clips' features are computed once and only the head is trained.
 */
export async function* trainReward(
  options: RewardOptions,
): AsyncGenerator<RewardReport, TrainedReward> {
  const { recipe, comparisons, initial, layout, control, key } = options
  const gradient = recipe.trunk === 'frozen' ? await headOnly(options) : await throughTrunk(options)
  const order = splitKey(key, 'order')
  const training = trainOnComparisons(gradient, { recipe, order, comparisons, control })
  const { snapshot, ...how } = yield* relay(training, function* (report): Iterable<RewardReport> {
    if (report.kind === 'checkpoint') return yield report
    const { kind, step, steps, metrics } = report
    yield { kind, step, steps, loss: metrics[0] ?? Number.NaN }
  })
  const parameters = initial.slice(0, layout.count)
  parameters.set(snapshot.theta)
  return { parameters, step: snapshot.step, ...how }
}

async function throughTrunk(options: RewardOptions): Promise<PairGradient> {
  const { device, layout, recipe, clips, initial, lights = 1 } = options
  const pairs = recipe.pairsPerBatch
  const count = clips.length / lights
  const { stride } = recipe
  const lengths = rowLengths(stride)
  const learner = await Learner.create(
    device,
    layout,
    lengths.map((length) => encodeModel(rewardGradientGraph(layout, pairs, length, stride))),
    { ...ADAM, ...recipe },
    options.from ?? freshSnapshot(initial),
  )
  return {
    learner,
    accumulate(chosen) {
      const light = splitKey(options.key, 'light', learner.step)
      const paired = inPairs(chosen).map((index, place) => {
        const key = splitKey(light, place)
        const lit = lights > 1 ? count * new RandomStream(key).below(lights) : 0
        const clip = thinned(at(clips, index + lit), stride)
        return lights === 1 && recipe.jitter > 0 && clip.stream === undefined
          ? inOtherLight(clip, recipe.jitter, key)
          : clip
      })
      const graph = lengthFor(paired, lengths)
      const batch = packClips(paired, at(lengths, graph))
      return learner.accumulate({ ...rewardFeeds(batch), ...verdictFeeds(chosen) }, graph)
    },
    release: () => learner.release(),
  }
}

async function headOnly(options: RewardOptions): Promise<PairGradient> {
  const { device, layout, recipe, initial } = options
  const { width } = layout.size
  const features = await featuresOf(options)
  const head = headLayout(layout)
  const learner = await Learner.create(
    device,
    head,
    [encodeModel(headGradientGraph(head, recipe.pairsPerBatch))],
    { ...ADAM, ...recipe },
    options.from ?? freshSnapshot(initial.slice(0, head.count)),
  )
  return {
    learner,
    accumulate(chosen) {
      const rows = inPairs(chosen)
      const data = new Float32Array(rows.length * width)
      for (const [to, from] of rows.entries()) {
        data.set(features.subarray(from * width, (from + 1) * width), to * width)
      }
      return learner.accumulate({
        features: float32([rows.length, width], data),
        ...verdictFeeds(chosen),
      })
    },
    release: () => learner.release(),
  }
}

/** Resolves to the features of all clips' last frames under a frozen trunk: `[clips × width]`. */
async function featuresOf({
  device,
  layout,
  recipe,
  initial,
  clips,
}: RewardOptions): Promise<Float32Array> {
  const theta = await device.upload(float32([layout.count], initial))
  const scorer = await ClipScorer.create(device, layout, recipe.stride)
  try {
    const { width } = layout.size
    const { steps } = await scorer.score(theta, clips)
    const features = new Float32Array(clips.length * width)
    for (const [clip, all] of steps.entries()) features.set(all.subarray(-width), clip * width)
    return features
  } finally {
    await scorer.release()
    theta.dispose()
  }
}

function verdictFeeds(comparisons: readonly Comparison[]): Feeds {
  const pairs = comparisons.length
  return {
    verdict: float32(
      [pairs],
      Float32Array.from(comparisons, ({ verdict }) => verdict),
    ),
    pairWeight: float32([pairs], new Float32Array(pairs).fill(1)),
  }
}
