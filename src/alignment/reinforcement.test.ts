import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FRAME_BYTES, Renderer, rootKey } from '../island/index.ts'
import {
  HEAD_WIDTHS,
  initialParameters,
  parameterLayout,
  partOf,
  upperLayout,
  withPart,
  withTrunkOf,
} from '../network/index.ts'
import { type Device, float32, scalar } from '../runtime/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import { leaveOneOut } from './advantages.ts'
import { RewardModel } from './clip-scorer.ts'
import { renderClips } from './clips.ts'
import { imitationFeeds } from './imitation.ts'
import { freshSnapshot, type Snapshot } from './learner.ts'
import { readRecipe } from './recipe.ts'
import { ReferencePolicy } from './reference-policy.ts'
import { reinforce } from './reinforcement.ts'
import { reinforcementGradientGraph } from './reinforcement-graph.ts'
import { REINFORCEMENT_FIELDS } from './reinforcement-recipe.ts'
import type {
  Reinforced,
  ReinforcementOptions,
  ReinforcementReport,
} from './reinforcement-types.ts'
import { stepsPerUpdate } from './reinforcement-update.ts'
import type { Trajectory } from './rollout.ts'
import { CLIP_LENGTHS } from './seen-clips.ts'
import { gradientBy, normOf } from './testing/gradient-check.ts'
import { diagonalPolicy, TINY } from './testing/tiny-network.ts'
import type { ValueStatistics } from './value-baseline.ts'

const layout = parameterLayout(TINY, 'policy')
const reference = diagonalPolicy(layout, rootKey(91))
const rewardLayout = parameterLayout(TINY, 'reward')
const reward = {
  layout: rewardLayout,
  parameters: initialParameters(rewardLayout, rootKey(92)).map((value) => 3 * value),
}

const KL_WEIGHT = 0.1

let device: Device
beforeAll(async () => {
  device = await createNativeDevice({ threads: 1 })
})
afterAll(() => device.close())

/** Returns options for two groups of two episodes, in batches of three, one of which has gaps. */
function optionsFor(values: Readonly<Record<string, unknown>> = {}): ReinforcementOptions {
  const recipe = readRecipe(REINFORCEMENT_FIELDS, {
    steps: 3,
    episodesPerUpdate: 4,
    groupSize: 2,
    clipsPerBatch: 3,
    // Later updates take larger steps, so that the divergence rises.
    warmup: 3,
    peakRate: 0.01,
    klLimit: 10_000,
    klWeight: KL_WEIGHT,
    baseline: 'leave-one-out',
    epochs: 1,
    minibatches: 1,
    checkpointEvery: 1,
    ...values,
  })
  return {
    device,
    layout,
    recipe,
    key: rootKey(98),
    start: 'past-jumppads',
    reference,
    reward,
    preferred: ({ ending }) => ending === 'middle',
  }
}

type Update = Extract<ReinforcementReport, { kind: 'update' }>

interface Run {
  readonly result: Reinforced
  readonly updates: readonly Update[]
  readonly snapshots: readonly Snapshot[]
  /** Statistics of the baseline at each of `snapshots`. */
  readonly values: readonly (ValueStatistics | undefined)[]
}

async function run(options: ReinforcementOptions): Promise<Run> {
  const updates: Update[] = []
  const snapshots: Snapshot[] = []
  const values: (ValueStatistics | undefined)[] = []
  const training = reinforce(options)
  for (;;) {
    const next = await training.next()
    if (next.done === true) return { result: next.value, updates, snapshots, values }
    if (next.value.kind === 'update') {
      updates.push(next.value)
    } else {
      snapshots.push(next.value.snapshot)
      values.push(next.value.values)
    }
  }
}

/** Resumes from a checkpoint with what had been reported until then. */
function resumed(options: ReinforcementOptions, before: Run, from: Snapshot): Promise<Run> {
  const history = before.updates
    .map(({ point }) => point)
    .slice(0, from.step / stepsPerUpdate(options.recipe))
  return run({ ...options, from, history, values: before.values[before.snapshots.indexOf(from)] })
}

let straight: Promise<Run> | undefined
/** Returns an uninterrupted run of three updates, made once. */
function threeUpdates(): Promise<Run> {
  straight ??= run(optionsFor())
  return straight
}

function playedBy(episodes: readonly Trajectory[], length: number): Float32Array {
  const rows = new Float32Array(episodes.length * length)
  for (const [clip, { logProbabilities }] of episodes.entries()) {
    rows.set(logProbabilities, clip * length)
  }
  return rows
}

/** Returns the gradient of two groups of two replayed episodes, in one batch and in their order. */
async function gradientOf(
  episodes: readonly Trajectory[],
  theta: Float32Array,
): Promise<Float32Array> {
  const length = 100
  const clips = 4
  const batch = renderClips(episodes, length, new Renderer())
  const seen = episodes.map(({ actions }, clip) => {
    const first = clip * length * FRAME_BYTES
    return { actions, frames: batch.frames.slice(first, first + actions.length * FRAME_BYTES) }
  })
  const model = await RewardModel.create(device, rewardLayout, reward.parameters)
  const advantages = [...leaveOneOut(await model.rewards(seen), 2)]
  await model.release()
  const policy = await ReferencePolicy.create(device, layout, reference, clips)
  const referenceLogits = await policy.logits(batch, CLIP_LENGTHS.indexOf(length))
  await policy.release()
  const rows = advantages.flatMap((advantage) => Array.from({ length }, () => advantage))
  const graph = reinforcementGradientGraph(layout, { clips, length })
  const { gradient } = await gradientBy(device, graph, theta, {
    ...imitationFeeds(batch),
    advantages: float32([rows.length], Float32Array.from(rows)),
    referenceLogits: float32([rows.length, HEAD_WIDTHS.policy], referenceLogits),
    klWeight: scalar(KL_WEIGHT),
    playedLogProbabilities: float32([rows.length], playedBy(episodes, length)),
    clip: scalar(0.2),
  })
  return gradient
}

describe('reinforcement', () => {
  it('makes every update from new episodes, played by the policy that it updates', async () => {
    const held = device.heldTensors
    const { updates, result } = await threeUpdates()
    expect(device.heldTensors).toBe(held)
    expect(result).toMatchObject({ step: 3, stopped: 'last update' })
    // The returned policy is measured too, on episodes that lead to no further update.
    expect(result.history.slice(0, 3)).toEqual(updates.map(({ point }) => point))
    expect(result.history.length).toBe(4)
    expect(result.history[3]?.kl).toBeGreaterThan(0)
    const seeds = updates.map(({ trajectories }) => trajectories.map(({ seed }) => seed))
    for (const [a, b, c, d] of seeds) expect([b, d]).toEqual([a, c])
    expect(new Set(seeds.flat()).size).toBe(6)
    for (const [update, { point, mismatch, trajectories }] of updates.entries()) {
      expect(point.update).toBe(update)
      const decisions = trajectories.reduce((sum, { actions }) => sum + actions.length, 0)
      expect(point.length).toBeCloseTo(decisions / 4, 6)
      const reached = trajectories.filter(({ ending }) => ending === 'middle').length
      expect(point.preference).toBeCloseTo(reached / 4, 6)
      expect(Math.abs(mismatch) / decisions).toBeLessThan(1e-5)
    }
    const lengths = updates.flatMap(({ trajectories }) =>
      trajectories.map(({ actions }) => actions.length),
    )
    expect(Math.min(...lengths)).toBeLessThan(CLIP_LENGTHS[0])
    expect(Math.max(...lengths)).toBe(100)
    expect(Math.abs(updates[0]?.point.kl ?? 9)).toBeLessThan(1e-3)
    expect(updates[1]?.point.kl).toBeGreaterThan(0.01)
  })

  it('follows the gradient of all its episodes, each with its own advantage', async () => {
    const { updates, snapshots } = await threeUpdates()
    const { trajectories = [], gradientNorm = 9 } = updates[1] ?? {}
    const gradient = await gradientOf(trajectories, snapshots[0]?.theta ?? reference)
    const decisions = trajectories.reduce((sum, { actions }) => sum + actions.length, 0)
    expect(Math.abs(normOf(gradient) / decisions / gradientNorm - 1)).toBeLessThan(1e-4)
  })

  it.each(['leave-one-out', 'learnt'])(
    'continues exactly from a checkpoint, %s',
    async (baseline) => {
      const options = optionsFor({ baseline, baselineEpisodes: 3, epochs: 2, minibatches: 2 })
      const whole = await run(options)
      // Four optimiser steps per update.
      expect(whole.snapshots.map(({ step }) => step)).toEqual([4, 8])
      const from = whole.snapshots[1] ?? freshSnapshot(reference)
      const rest = await resumed(options, whole, from)
      expect(rest.updates).toEqual(whole.updates.slice(2))
      expect(rest.result).toEqual(whole.result)
      expect(rest.snapshots).toEqual([])
    },
  )

  it('learns its baseline from further episodes of the starting policy, if asked to', async () => {
    const [without, prior] = [
      await run(optionsFor({ baseline: 'learnt', steps: 1 })),
      await run(optionsFor({ baseline: 'learnt', steps: 1, baselineEpisodes: 6 })),
    ]
    // The update's own episodes are the same; only what they are compared with differs.
    expect(prior.updates[0]?.point).toEqual(without.updates[0]?.point)
    expect(prior.result.parameters).not.toEqual(without.result.parameters)
    const leaveOneOut = await run(optionsFor({ steps: 1, baselineEpisodes: 6 }))
    expect(leaveOneOut.result).toEqual(without.result)
  })

  it('returns the policy from before it diverged, also after a resume', async () => {
    const { updates, snapshots } = await threeUpdates()
    const [, first = 0, second = 0] = updates.map(({ point }) => point.kl)
    expect(second).toBeGreaterThan(1.5 * first)
    const options = optionsFor({ klLimit: (first + second) / 2 })
    const stopped = await run(options)
    expect(stopped.result).toMatchObject({ step: 1, stopped: 'diverged' })
    expect(stopped.result.parameters).toEqual(snapshots[0]?.theta)
    expect(stopped.result.history.map(({ kl }) => kl)).toEqual([
      updates[0]?.point.kl,
      first,
      second,
    ])
    expect(stopped.snapshots.map(({ step }) => step)).toEqual([1])
    const from = stopped.snapshots[0] ?? freshSnapshot(reference)
    expect((await resumed(options, stopped, from)).result).toEqual(stopped.result)
  })

  it('changes only the upper blocks when only they are trained, and continues from a checkpoint', async () => {
    const two = { ...TINY, layers: 2 }
    const whole = parameterLayout(two, 'policy')
    const start = diagonalPolicy(whole, rootKey(93))
    const judge = parameterLayout(two, 'reward')
    const agent = { layout: whole, parameters: start }
    const standing = withTrunkOf(judge, agent, rootKey(94))
    // The second reward model has different lower blocks, so that frames have to be kept too.
    const apart = standing.map((value, index) => (index === judge.headCount ? 2 * value : value))
    const part = upperLayout(whole, 1)
    for (const parameters of [standing, apart]) {
      const options = {
        ...optionsFor({ layers: 1 }),
        ...{ layout: whole, reference: start, reward: { layout: judge, parameters } },
      }
      const all = await run(options)
      const below = withPart(part, whole, all.result.parameters, partOf(part, whole, start))
      expect(below).toEqual(start)
      expect(all.result.parameters).not.toEqual(start)
      for (const { mismatch, point } of all.updates) {
        expect(Math.abs(mismatch) / (4 * point.length)).toBeLessThan(1e-5)
      }
      const from = all.snapshots[0] ?? freshSnapshot(start)
      expect(from.theta.length).toBe(part.count)
      expect((await resumed(options, all, from)).result).toEqual(all.result)
    }
  })

  it('leaves the policy unchanged while all episodes have the same reward', async () => {
    const worthless = { ...reward, parameters: new Float32Array(rewardLayout.count) }
    const { updates, result } = await run({
      ...optionsFor({ steps: 1, klWeight: 0 }),
      reward: worthless,
    })
    expect(updates[0]?.gradientNorm).toBe(0)
    expect(result.parameters).toEqual(reference)
    expect(normOf(reference)).toBeGreaterThan(0)
  })
})
