import { encodeModel } from '../graph/index.ts'
import { type Key, keySeed, Renderer, type StartKind, splitKey } from '../island/index.ts'
import {
  HEAD_WIDTHS,
  type ParameterLayout,
  stepGraph,
  weightsFromVector,
} from '../network/index.ts'
import { type Device, float32, scalar } from '../runtime/index.ts'
import { leaveOneOut } from './advantages.ts'
import { RewardModel } from './clip-scorer.ts'
import type { ClipBatch } from './clips.ts'
import { imitationFeeds } from './imitation.ts'
import { freshSnapshot, Learner, type Snapshot } from './learner.ts'
import { ADAM } from './optimiser-fields.ts'
import { PolicyRunner } from './policy-runner.ts'
import { ReferencePolicy } from './reference-policy.ts'
import { REINFORCEMENT_METRICS, reinforcementGradientGraph } from './reinforcement-graph.ts'
import type { ReinforcementRecipe } from './reinforcement-recipe.ts'
import { type Beginning, playAll, type RolledOut, type Trajectory } from './rollout.ts'
import { learningRate } from './schedule.ts'
import { CLIP_LENGTHS, groupByLength, packClips } from './seen-clips.ts'
import { type StopReason, stopReason } from './stopping.ts'

/** Islands played in lockstep. */
const ISLANDS = 64

/** What one update saw; means over its episodes, which the policy played before the update. */
export interface ReinforcementPoint {
  /** Updates made before these episodes were played. */
  readonly update: number
  /** Learnt reward. */
  readonly reward: number
  /** Share of episodes that did what is wanted: for show, never used. */
  readonly preference: number
  /** KL divergence to the starting policy, nats an episode. */
  readonly kl: number
  /** Entropy of a decision, nats. */
  readonly entropy: number
  /** Decisions an episode. */
  readonly length: number
}

export type ReinforcementReport =
  | {
      readonly kind: 'update'
      readonly point: ReinforcementPoint
      readonly rate: number
      /** Global norm of the gradient per decision, before clipping. */
      readonly gradientNorm: number
      /** log π of the episodes' decisions by the gradient graph less that by which they were sampled. */
      readonly mismatch: number
      /** The update's episodes, for show. */
      readonly trajectories: readonly Trajectory[]
    }
  | { readonly kind: 'checkpoint'; readonly step: number; readonly snapshot: Snapshot }

export interface ReinforcementOptions {
  readonly device: Device
  /** Of the policy. */
  readonly layout: ParameterLayout
  readonly recipe: ReinforcementRecipe
  readonly key: Key
  readonly start: StartKind
  /** The starting policy, to which the divergence is measured. */
  readonly reference: Float32Array
  /** A reward model whose rewards are normalised. */
  readonly reward: { readonly layout: ParameterLayout; readonly parameters: Float32Array }
  /** Whether an episode did what is wanted, as its judge sees it: for show, never used. */
  readonly preferred: (trajectory: Trajectory) => boolean
  /** Where an earlier run of the same options stopped, and what it had seen until then. */
  readonly from?: Snapshot | undefined
  readonly history?: readonly ReinforcementPoint[]
}

export interface Reinforced {
  readonly parameters: Float32Array
  /** Updates made before the parameters that are given. */
  readonly step: number
  readonly stopped: StopReason | 'last update'
  readonly history: readonly ReinforcementPoint[]
}

/**
 * Policy gradient on a learnt reward: plays episodes with the current policy, scores them, and makes
 * one update with them (so that all come from one version of the policy). Stops where the learnt
 * reward no longer rises, or where the policy runs away from where it started; then the last
 * parameters before that are given.
 */
export async function* reinforce(
  options: ReinforcementOptions,
): AsyncGenerator<ReinforcementReport, Reinforced> {
  const { recipe, reference } = options
  const parts = await createParts(options)
  const { learner } = parts
  const history = [...(options.history ?? [])]
  const schedule = { peak: recipe.peakRate, ...recipe }
  const first = options.from?.step ?? 0
  let good: Snapshot = options.from ?? freshSnapshot(reference)
  try {
    while (learner.step < recipe.steps) {
      const episodes = await play(options, parts)
      const rewards = await parts.reward.rewards(seen(episodes))
      const sums = await accumulate(options, parts, episodes, rewards)
      const point = { update: learner.step, ...means(options, episodes, rewards, sums) }
      history.push(point)
      const stopped = stopReason(history, recipe)
      if (stopped === 'diverged') return { ...result(good), stopped, history }
      good = await learner.snapshot()
      if (stopped !== undefined) return { ...result(good), stopped, history }
      // Only now that it is known to be good: a run that goes on from here has to fall back on it.
      if (good.step > first && good.step % recipe.checkpointEvery === 0) {
        yield { kind: 'checkpoint', step: good.step, snapshot: good }
      }
      const rate = learningRate(schedule, learner.step)
      const gradientNorm = await learner.apply(rate, 1 / sums.decisions)
      const trajectories = episodes.map(({ trajectory }) => trajectory)
      const mismatch = sums.logProbability - sampledLogProbability(trajectories)
      yield { kind: 'update', point, rate, gradientNorm, mismatch, trajectories }
    }
    return { ...result(await learner.snapshot()), stopped: 'last update', history }
  } finally {
    await parts.release()
  }
}

function result({ step, theta }: { step: number; theta: Float32Array }) {
  return { step, parameters: theta }
}

interface Parts {
  readonly learner: Learner
  readonly runner: PolicyRunner
  readonly reference: ReferencePolicy
  readonly reward: RewardModel
  readonly renderer: Renderer
  release(): Promise<void>
}

async function createParts(options: ReinforcementOptions): Promise<Parts> {
  const { device, layout, recipe, reward } = options
  const clips = recipe.clipsPerBatch
  const learner = await Learner.create(
    device,
    layout,
    CLIP_LENGTHS.map((length) =>
      encodeModel(reinforcementGradientGraph(layout, { clips, length })),
    ),
    { ...ADAM, ...recipe },
    options.from ?? freshSnapshot(options.reference),
  )
  const step = stepGraph(layout.size, (builder) =>
    weightsFromVector(builder, layout, builder.input('theta', 'float32', [layout.count])),
  )
  const islands = Math.min(ISLANDS, recipe.episodesPerUpdate)
  const runner = await PolicyRunner.create(device, encodeModel(step), layout.size, islands)
  const reference = await ReferencePolicy.create(device, layout, options.reference, clips)
  const rewardModel = await RewardModel.create(device, reward.layout, reward.parameters)
  return {
    learner,
    runner,
    reference,
    reward: rewardModel,
    renderer: new Renderer(),
    async release() {
      await rewardModel.release()
      await reference.release()
      await runner.release()
      await learner.release()
    },
  }
}

/** Groups of episodes that begin alike, fresh beginnings at every update. */
function beginnings({ recipe, key, start }: ReinforcementOptions, step: number): Beginning[] {
  const { episodesPerUpdate, groupSize } = recipe
  const groups = Math.ceil(episodesPerUpdate / groupSize)
  return Array.from({ length: groups * groupSize }, (_, index) => {
    const group = Math.floor(index / groupSize)
    return { start, seed: keySeed(splitKey(key, 'update', step, 'group', group)) }
  })
}

function play(options: ReinforcementOptions, parts: Parts): Promise<RolledOut[]> {
  const { learner, runner, renderer } = parts
  runner.theta = learner.theta
  return playAll({
    runner,
    renderer,
    beginnings: beginnings(options, learner.step),
    temperature: 1,
    key: splitKey(options.key, 'update', learner.step, 'act'),
    keepFrames: true,
  })
}

interface Sums {
  readonly decisions: number
  readonly logProbability: number
  readonly kl: number
  readonly entropy: number
}

/** Adds up the gradient over all episodes. */
async function accumulate(
  { recipe }: ReinforcementOptions,
  { learner, reference }: Parts,
  episodes: readonly RolledOut[],
  rewards: Float32Array,
): Promise<Sums> {
  const advantages = leaveOneOut(rewards, recipe.groupSize)
  const clips = seen(episodes)
  const sums = new Float64Array(REINFORCEMENT_METRICS)
  for (const { indices, lengthIndex } of groupByLength(clips, recipe.clipsPerBatch)) {
    const chosen = indices.flatMap((index) => clips[index] ?? [])
    const batch = packClips(chosen, CLIP_LENGTHS[lengthIndex] ?? 0, recipe.clipsPerBatch)
    const logits = await reference.logits(batch, lengthIndex)
    const rows = batch.clips * batch.length
    const metrics = await learner.accumulate(
      {
        ...imitationFeeds(batch),
        advantages: float32([rows], spreadOverRows(batch, indices, advantages)),
        referenceLogits: float32([rows, HEAD_WIDTHS.policy], logits),
        klWeight: scalar(recipe.klWeight),
      },
      lengthIndex,
    )
    for (const [index, value] of metrics.entries()) sums[index] = (sums[index] ?? 0) + value
  }
  const [logProbability = Number.NaN, kl = Number.NaN, entropy = Number.NaN] = sums
  const decisions = clips.reduce((sum, { actions }) => sum + actions.length, 0)
  return { decisions, logProbability, kl, entropy }
}

/** Each decision's advantage is its clip's. */
function spreadOverRows(
  batch: ClipBatch,
  indices: readonly number[],
  advantages: Float32Array,
): Float32Array {
  const rows = new Float32Array(batch.clips * batch.length)
  for (const [clip, index] of indices.entries()) {
    const first = clip * batch.length
    rows.fill(advantages[index] ?? Number.NaN, first, first + (batch.decisions[clip] ?? 0))
  }
  return rows
}

function means(
  { preferred }: ReinforcementOptions,
  episodes: readonly RolledOut[],
  rewards: Float32Array,
  sums: Sums,
): Omit<ReinforcementPoint, 'update'> {
  const count = episodes.length
  const reached = episodes.filter(({ trajectory }) => preferred(trajectory)).length
  return {
    reward: rewards.reduce((sum, reward) => sum + reward, 0) / count,
    preference: reached / count,
    kl: sums.kl / count,
    entropy: sums.entropy / sums.decisions,
    length: sums.decisions / count,
  }
}

function sampledLogProbability(trajectories: readonly Trajectory[]): number {
  return trajectories.reduce(
    (sum, { logProbabilities }) => sum + logProbabilities.reduce((a, b) => a + b, 0),
    0,
  )
}

/** What reward model and gradient look at. */
export function seen(episodes: readonly RolledOut[]) {
  return episodes.map(({ trajectory, frames }) => ({ actions: trajectory.actions, frames }))
}
