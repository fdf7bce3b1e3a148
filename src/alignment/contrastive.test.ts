import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rootKey, splitKey } from '../island/index.ts'
import {
  initialParameters,
  NETWORK_SIZES,
  type ParameterLayout,
  parameterLayout,
} from '../network/index.ts'
import { type Device, float32, scalar } from '../runtime/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import type { PairReport } from './comparison-training.ts'
import type { Comparison } from './comparisons.ts'
import { contrastiveGradientGraph } from './contrastive-graph.ts'
import {
  CONTRASTIVE_FIELDS,
  type ContrastiveOptions,
  contrastiveFeeds,
  contrastiveLoss,
  contrastiveScores,
  trainContrastive,
} from './contrastive-training.ts'
import { logProbabilities } from './divergence.ts'
import { imitationFeeds } from './imitation.ts'
import { finished } from './job.ts'
import type { Snapshot } from './learner.ts'
import { readRecipe } from './recipe.ts'
import { logitsOf } from './reference-policy.ts'
import { CLIP_LENGTHS, packClips, type SeenClip } from './seen-clips.ts'
import { gradientBy, normOf, slopes } from './testing/gradient-check.ts'
import { madeUpClip } from './testing/made-up-clips.ts'
import { slowContrastiveLoss, slowLogProbabilities } from './testing/slow-losses.ts'
import { TINY } from './testing/tiny-network.ts'

const layout = parameterLayout(TINY, 'policy')
const theta = initialParameters(layout, rootKey(61)).map((value) => 3 * value)
const [LENGTH] = CLIP_LENGTHS

const clipOf = (decisions: number, index: number): SeenClip =>
  madeUpClip(splitKey(rootKey(62), 'clip', index), decisions)

let device: Device
beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
})
afterAll(() => device.close())

/** Returns the log-probabilities of a policy that differs from `theta`, per clip. */
function startedFrom(parameters: Float32Array, clips: readonly SeenClip[]): Float32Array[] {
  return clips.map((clip) =>
    slowLogProbabilities(layout, parameters, packClips([clip], clip.actions.length)),
  )
}

/** Runs the gradient graph on pairs of clips, all first ones and then all second ones. */
function gradientOf(
  clips: readonly SeenClip[],
  verdicts: readonly number[],
  recipe: ContrastiveOptions['recipe'],
  started: readonly Float32Array[],
  length = 6,
) {
  const batch = packClips(clips, length)
  const pairs = verdicts.map((verdict, pair) => ({
    ...{ first: pair, second: verdicts.length + pair, verdict },
  }))
  const { weights: _, ...seen } = imitationFeeds(batch)
  const feeds = { ...seen, ...contrastiveFeeds(recipe, length, pairs, started) }
  const graph = contrastiveGradientGraph(layout, verdicts.length, length)
  return gradientBy(device, graph, theta, feeds)
}

describe('the contrastive gradient', () => {
  const clips = [6, 2, 4, 3, 1, 5, 3, 2].map(clipOf)
  const verdicts = [1, 0.5, 0, 0.8]
  const other = initialParameters(layout, rootKey(63))

  it.each([1, 0.4])(
    'matches the slow network slot by slot, with ties and soft labels (λ %d)',
    async (conservative) => {
      const batch = packClips(clips, 6)
      const rows = batch.clips * batch.length
      const spread = (value: (row: number) => number): Float32Array =>
        Float32Array.from({ length: rows }, (_, row) => (batch.weights[row] ?? 0) * value(row))
      const terms = {
        ...{ verdicts, conservative },
        credits: spread((row) => 0.3 * 0.9 ** (row % batch.length)),
        imitation: spread((row) => (row < 6 ? 0.2 : 0)),
        reference: slowLogProbabilities(layout, other, batch),
      }
      const { weights: _, ...seen } = imitationFeeds(batch)
      const { gradient, metrics } = await gradientBy(
        device,
        contrastiveGradientGraph(layout, verdicts.length, batch.length),
        theta,
        {
          ...seen,
          credits: float32([rows], terms.credits),
          imitation: float32([rows], terms.imitation),
          referenceLogProbabilities: float32([rows], terms.reference),
          verdict: float32([4], Float32Array.from(verdicts)),
          conservative: scalar(conservative),
        },
      )
      const slow = slowContrastiveLoss(layout, theta, batch, terms)
      expect(Math.abs((metrics[0] ?? 9) / slow.contrast - 1)).toBeLessThan(1e-5)
      expect(Math.abs((metrics[1] ?? 9) / slow.imitated - 1)).toBeLessThan(1e-5)
      const slowLoss = (at: Float64Array): number => {
        const { contrast, imitated } = slowContrastiveLoss(layout, at, batch, terms)
        return contrast + imitated
      }
      for (const slope of slopes(layout, theta, gradient, slowLoss)) {
        expect(Math.abs(slope.found / slope.slow - 1), slope.slot).toBeLessThan(1e-3)
      }
    },
  )

  it('is the same with the clips of each pair exchanged', async () => {
    const recipe = readRecipe(CONTRASTIVE_FIELDS, { alpha: 0.3, conservative: 0.6, imitation: 0.5 })
    const started = startedFrom(other, clips)
    const swapped = <T>(list: readonly T[]): T[] => [...list.slice(4), ...list.slice(0, 4)]
    const one = await gradientOf(clips, verdicts, recipe, started)
    const two = await gradientOf(
      swapped(clips),
      verdicts.map((verdict) => 1 - verdict),
      recipe,
      swapped(started),
    )
    const difference = one.gradient.map((value, index) => value - (two.gradient[index] ?? 9))
    expect(normOf(one.gradient)).toBeGreaterThan(0.01)
    expect(normOf(difference) / normOf(one.gradient)).toBeLessThan(1e-5)
    expect(two.metrics[0]).toBeCloseTo(one.metrics[0] ?? 9, 5)
  })

  it('starts at a loss of log 2 for every verdict, where a tie has no pull', async () => {
    const recipe = readRecipe(CONTRASTIVE_FIELDS, { alpha: 0.3, imitation: 0 })
    const started = startedFrom(theta, clips)
    const decided = await gradientOf(clips, verdicts, recipe, started)
    expect(decided.metrics[0]).toBeCloseTo(4 * Math.LN2, 4)
    const tied = await gradientOf(clips, [0.5, 0.5, 0.5, 0.5], recipe, started)
    expect(tied.metrics[0]).toBeCloseTo(4 * Math.LN2, 4)
    expect(normOf(tied.gradient)).toBeLessThan(1e-4 * normOf(decided.gradient))
  })
})

describe('the feeds', () => {
  it('weigh imitation by how clearly a clip is preferred, per decision', () => {
    const recipe = readRecipe(CONTRASTIVE_FIELDS, { alpha: 2, discount: 0.5, imitation: 3 })
    const pairs = [1, 0.25, 0.5].map((verdict) => ({ first: 0, second: 1, verdict }))
    const started = Array.from({ length: 6 }, () => new Float32Array(2).fill(-1))
    const feeds = contrastiveFeeds(recipe, 3, pairs, started)
    const perClip = (name: string): number[][] => {
      const feed = feeds[name]
      const data = feed && 'data' in feed ? Array.from(feed.data, Number) : []
      return Array.from({ length: 6 }, (_, clip) => data.slice(3 * clip, 3 * clip + 3))
    }
    expect(perClip('credits')).toEqual(Array.from({ length: 6 }, () => [2, 1, 0]))
    const [all, half, none] = [
      [1.5, 1.5, 0],
      [0.75, 0.75, 0],
      [0, 0, 0],
    ]
    expect(perClip('imitation')).toEqual([all, none, none, none, half, none])
  })
})

describe('contrastive preference learning', () => {
  const clips = Array.from({ length: 12 }, (_, index) => {
    const bright = index % 2 === 0
    const { actions, frames } = madeUpClip(splitKey(rootKey(64), 'clip', index), 3 + index)
    // Preferred clips hold one action, the others another: what a policy can learn to tell.
    return { frames, actions: actions.fill(bright ? 7 : 11) }
  })
  /** Returns pairs of a preferred clip and another one, and pairs of two preferred clips with `alike`. */
  function pairsOf(verdict: number, alike: readonly Comparison[] = []): Comparison[] {
    return [0, 2, 4, 6, 8, 10]
      .map(
        (clip, place): Comparison =>
          place % 2 === 0
            ? { first: clip, second: clip + 1, verdict }
            : { first: clip + 1, second: clip, verdict: 1 - verdict },
      )
      .concat(alike)
  }

  async function optionsFor(
    of: ParameterLayout,
    values: Readonly<Record<string, unknown>>,
    comparisons: readonly Comparison[],
  ): Promise<ContrastiveOptions> {
    const initial = initialParameters(of, rootKey(65))
    return {
      ...{ device, layout: of, key: rootKey(66), clips, comparisons, initial },
      recipe: readRecipe(CONTRASTIVE_FIELDS, { pairsPerBatch: 3, warmup: 0, ...values }),
      reference: await logitsOf(device, { layout: of, parameters: initial }, clips),
    }
  }

  async function run(options: ContrastiveOptions) {
    const reports: PairReport[] = []
    const { snapshot } = await finished(trainContrastive(options), (report) => {
      reports.push(report)
    })
    const logits = await logitsOf(
      device,
      { layout: options.layout, parameters: snapshot.theta },
      clips,
    )
    const scores = contrastiveScores(options.recipe, clips, logits, options.reference)
    return { snapshot, reports, scores }
  }

  it('continues exactly from a checkpoint', async () => {
    const options = await optionsFor(layout, { steps: 4, checkpointEvery: 2 }, pairsOf(1))
    const straight = await run(options)
    const checkpoint = straight.reports.find(({ kind }) => kind === 'checkpoint')
    const from: Snapshot | undefined =
      checkpoint?.kind === 'checkpoint' ? checkpoint.snapshot : undefined
    expect(from?.step).toBe(2)
    const rest = await run({ ...options, from })
    expect(rest.snapshot).toEqual(straight.snapshot)
    expect(rest.reports).toEqual(straight.reports.slice(3))
  })

  it('learns preferences, graded ones less far, and pulls tied clips together', async () => {
    const before = device.heldTensors
    const nano = parameterLayout(NETWORK_SIZES.nano, 'policy')
    const settings = { steps: 30, peakRate: 3e-3, alpha: 0.1, imitation: 0 }
    const gaps = async (comparisons: readonly Comparison[]) => {
      const options = await optionsFor(nano, settings, comparisons)
      const { scores, reports } = await run(options)
      const of = (clip: number): number => scores[clip] ?? Number.NaN
      return {
        reports,
        scores,
        smallest: Math.min(...[0, 2, 4, 6, 8, 10].map((clip) => of(clip) - of(clip + 1))),
        largest: Math.max(...[0, 2, 4, 6, 8, 10].map((clip) => of(clip) - of(clip + 1))),
      }
    }
    const clear = await gaps(pairsOf(1))
    expect(clear.smallest).toBeGreaterThan(2)
    const last = clear.reports.at(-1)
    expect(last?.kind === 'update' && last.metrics[0]).toBeLessThan(0.2)
    expect(contrastiveLoss(clear.scores, pairsOf(1), 1)).toBeLessThan(0.2)
    const graded = await gaps(pairsOf(0.75))
    // The loss of a graded answer is lowest at a difference of log 3.
    expect(graded.smallest).toBeGreaterThan(0.2)
    expect(graded.largest).toBeLessThan(clear.smallest)
    expect(device.heldTensors).toBe(before)
  })

  it('pulls the scores of tied clips together', async () => {
    const options = await optionsFor(layout, { steps: 60, peakRate: 1e-2 }, pairsOf(0.5))
    // Scores relative to another policy differ from the start.
    const parameters = initialParameters(layout, rootKey(67)).map((value) => 3 * value)
    const reference = await logitsOf(device, { layout, parameters }, clips)
    const gapOf = async (steps: number): Promise<number> => {
      const recipe = { ...options.recipe, steps }
      const { scores } = await run({ ...options, recipe, reference })
      return Math.max(
        ...pairsOf(1).map(({ first, second }) =>
          Math.abs((scores[first] ?? Number.NaN) - (scores[second] ?? Number.NaN)),
        ),
      )
    }
    const [before, after] = [await gapOf(1), await gapOf(60)]
    expect(before).toBeGreaterThan(1)
    expect(after).toBeLessThan(before / 2)
  })

  it('agrees with a graph on log π of the actions', async () => {
    const { reference } = await optionsFor(layout, {}, [])
    const clip = clips[5] ?? clipOf(1, 0)
    const batch = packClips([clip], LENGTH)
    const slow = slowLogProbabilities(layout, initialParameters(layout, rootKey(65)), batch)
    const found = logProbabilities(reference[5] ?? new Float32Array(0), clip.actions)
    expect(found.length).toBe(clip.actions.length)
    for (const [decision, value] of found.entries()) {
      expect(value).toBeCloseTo(slow[decision] ?? 9, 4)
    }
  })
})
