/** Imitation of the best of an agent's own play, in one round or several. */
import {
  cachedClips,
  divergence,
  type Ended,
  freshSnapshot,
  IMITATION_FIELDS,
  type ImitationScores,
  LAYERS_FIELD,
  type LoopControl,
  logitsOf,
  type OpenPlayer,
  packClips,
  type RecipeOf,
  RewardModel,
  type Rollout,
  real,
  relay,
  type SeenClip,
  type Snapshot,
  STRIDE_FIELD,
  spreadOf,
  type Trajectory,
  trainImitation,
  whole,
  withStreams,
} from '../alignment/index.ts'
import {
  EPISODE_DECISIONS,
  type Episode,
  type IslandMap,
  type Key,
  type StartKind,
  splitKey,
} from '../island/index.ts'
import { partOf, standingOn, upperLayout, withPart } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import { beginningsOf, type NetworkParameters, playPolicy, renderEpisodes } from './play.ts'

const { clipsPerBatch, optimiser, peakRate, warmup, floor, weightDecay, maximumNorm } =
  IMITATION_FIELDS

/** Settings of best-of-play imitation. */
export const BEST_OF_PLAY_FIELDS = {
  rounds: whole(10, {
    minimum: 1,
    maximum: 1000,
    unit: 'rounds',
    help: 'Rounds of playing, scoring and imitating',
  }),
  pool: whole(400, {
    minimum: 2,
    maximum: 100_000,
    unit: 'episodes',
    help: 'Episodes of the agent’s own play to score',
  }),
  share: real(0.25, {
    minimum: 0.001,
    maximum: 1,
    help: 'Share of these episodes to imitate, those with the highest rewards',
  }),
  updates: whole(20, {
    minimum: 1,
    maximum: 100_000,
    unit: 'updates',
    help: 'Updates per round',
  }),
  weighting: real(0, {
    minimum: 0,
    maximum: 100,
    help: 'How much more often better ones of the kept episodes are imitated: one with a reward higher by 1 is drawn exp(weighting) times as often (0: all alike)',
  }),
  temperature: real(1, {
    minimum: 0.05,
    maximum: 2,
    help: 'Sampling temperature of the play: below 1 the agent imitates play that is surer of itself than it is',
  }),
  earlier: whole(0, {
    minimum: 0,
    maximum: 1000,
    unit: 'rounds',
    help: 'Earlier rounds whose imitated episodes compete with those of the current one (0: none)',
  }),
  rewardStride: STRIDE_FIELD,
  ...LAYERS_FIELD,
  clipsPerBatch: { ...clipsPerBatch, default: 10 },
  optimiser,
  peakRate: { ...peakRate, default: 1e-3 },
  warmup: { ...warmup, default: 10 },
  floor,
  weightDecay,
  maximumNorm,
} as const

type BestOfPlayRecipe = RecipeOf<typeof BEST_OF_PLAY_FIELDS>

/** Episode that was imitated, with its learned reward and the round that played it. */
export interface RatedEpisode {
  readonly episode: Episode
  readonly reward: number
  readonly round: number
}

/** State between two rounds, all that an exact resume needs. */
interface RoundState {
  /** Trained part after the round's last update, with the optimiser's moments. */
  readonly snapshot: Snapshot
  /** Imitated episodes of the rounds that the recipe asks to keep. */
  readonly earlier: readonly RatedEpisode[]
}

/** Metrics of a round's pool: means over its episodes, played before the round's updates. */
interface RoundPoint {
  /** Number of rounds completed before these episodes were played. */
  readonly round: number
  /** Learnt reward per episode. */
  readonly reward: number
  /** Share of episodes with the preferred outcome: for display only, never used in training. */
  readonly preference: number
  /** KL divergence from the starting policy, nats per episode. */
  readonly kl: number
  /** Entropy of the policy, nats per decision. */
  readonly entropy: number
  /** Number of decisions per episode. */
  readonly length: number
}

export type BestOfPlayReport =
  | {
      readonly kind: 'pool'
      readonly point: RoundPoint
      readonly trajectories: readonly Trajectory[]
    }
  | {
      readonly kind: 'update'
      /** Number of updates made in all rounds, including this one. */
      readonly step: number
      readonly scores: ImitationScores
    }
  /** End of a round. */
  | { readonly kind: 'round'; readonly round: number; readonly state: RoundState }

export interface BestOfPlayOptions {
  readonly device: Device
  /** Opens the player of the pools; on `device` if omitted. */
  readonly openPlayer?: OpenPlayer | undefined
  readonly agent: NetworkParameters
  readonly reward: NetworkParameters
  readonly recipe: BestOfPlayRecipe
  readonly key: Key
  readonly start: StartKind
  /** Islands that are played, in turn; undefined stands for the first one, which is played if omitted. */
  readonly islands?: readonly (IslandMap | undefined)[]
  /** Whether to report on each pool, and to play one more after the last round, for the returned policy. */
  readonly measured: boolean
  /** Returns whether an episode has the preferred outcome: for display only, never used in training. */
  readonly preferred: (trajectory: Trajectory) => boolean
  /** State after an earlier round of a run with the same options, to resume from. */
  readonly from?: RoundState | undefined
  readonly control?: Pick<LoopControl, 'stop'> | undefined
}

export interface BestOfPlayResult extends Ended {
  readonly parameters: Float32Array
  /** Number of updates that led to the parameters. */
  readonly step: number
  /** Number of episodes imitated in the last round, and the lowest reward among them. */
  readonly kept: number
  readonly threshold: number
}

/**
 * Lets an agent imitate the best of its own play in rounds (ReST, Gulcehre et al. 2023, arXiv
 * 2308.08998): it plays a pool of episodes, the reward model scores them, the best share is imitated by
 * continuing from the current policy, and the next round plays with the result. Optimiser and learning
 * rate run on through all rounds. A round depends only on the key, the recipe and the state before it. If
 * training diverges, the result is the policy after the round before.
 */
export async function* imitateBest(
  options: BestOfPlayOptions,
): AsyncGenerator<BestOfPlayReport, BestOfPlayResult> {
  const { agent, recipe, control } = options
  const part = upperLayout(agent.layout, recipe.layers)
  const beginning = partOf(part, agent.layout, agent.parameters)
  let state: RoundState = options.from ?? { snapshot: freshSnapshot(beginning), earlier: [] }
  let chosen: readonly RatedClip[] = []
  const ended = (how: Ended): BestOfPlayResult => ({
    parameters: withPart(part, agent.layout, agent.parameters, state.snapshot.theta),
    step: state.snapshot.step,
    kept: chosen.length,
    threshold: chosen.at(-1)?.reward ?? Number.NaN,
    ...how,
  })
  for (let round = state.snapshot.step / recipe.updates; ; round++) {
    if (round >= recipe.rounds && !options.measured) return ended({ stopped: 'last update' })
    if (control?.stop?.()) return ended({ stopped: 'by hand' })
    const pool = await playPool(options, state, round)
    if (options.measured) yield await described(options, pool, round)
    if (round >= recipe.rounds) return ended({ stopped: 'last update' })
    chosen = best(recipe, [...pool, ...(await seenAgain(options, state.earlier))])
    const { snapshot, ...how } = yield* imitateRound(options, state, chosen, round)
    if (how.stopped === 'diverged') return ended(how)
    state = { snapshot, earlier: episodesToKeep(recipe, chosen, round) }
    if (how.stopped === 'by hand') return ended(how)
    yield { kind: 'round', round: round + 1, state }
  }
}

/** Episode as the network reads it, with its learned reward. */
interface RatedClip extends RatedEpisode {
  readonly clip: SeenClip
}

interface PoolClip extends RatedClip {
  readonly rollout: Rollout
}

/** Returns the branch of random keys of a round. The first one is that of a training of one round. */
function keyOfRound({ key }: BestOfPlayOptions, round: number): Key {
  return round === 0 ? key : splitKey(key, 'round', round)
}

/** Plays a round's episodes with the current policy and scores them. */
async function playPool(
  options: BestOfPlayOptions,
  { snapshot }: RoundState,
  round: number,
): Promise<PoolClip[]> {
  const { device, agent, recipe, start, islands } = options
  const part = upperLayout(agent.layout, recipe.layers)
  const key = splitKey(keyOfRound(options, round), 'pool')
  const beginnings = beginningsOf(key, start, recipe.pool, islands)
  const reward = standingOn(agent, options.reward, recipe.layers)
  const readsFrames = reward.layout.firstLayer === 0
  const parameters = withPart(part, agent.layout, agent.parameters, snapshot.theta)
  const policy = { layout: agent.layout, parameters }
  const episodes = await playPolicy(device, policy, beginnings, splitKey(key, 'act'), {
    keep: part.firstLayer === 0 ? 'frames' : readsFrames ? 'both' : 'stream',
    streamBefore: part.firstLayer,
    // The last pool measures the policy itself.
    temperature: round < recipe.rounds ? recipe.temperature : 1,
    open: options.openPlayer,
  })
  const clips = episodes.map(({ trajectory: { actions }, frames, stream }) =>
    stream === undefined ? { actions, frames } : { actions, frames, stream },
  )
  const model = await RewardModel.create(
    device,
    reward.layout,
    reward.parameters,
    recipe.rewardStride,
  )
  const rewards = await model.rewards(
    readsFrames ? clips.map(({ actions, frames }) => ({ actions, frames })) : clips,
  )
  await model.release()
  return episodes.flatMap((rollout, index) => {
    const clip = clips[index]
    const reward = rewards[index]
    if (clip === undefined || reward === undefined) return []
    return [{ clip, reward, round, rollout, episode: rollout.trajectory }]
  })
}

/** Number of a pool's episodes on which the divergence from the starting policy is measured. */
const MEASURED = 64

async function described(
  { device, agent, recipe, preferred }: BestOfPlayOptions,
  pool: readonly PoolClip[],
  round: number,
): Promise<BestOfPlayReport> {
  const part = upperLayout(agent.layout, recipe.layers)
  const measured = pool.slice(0, MEASURED)
  const reference = await logitsOf(
    device,
    { layout: part, parameters: partOf(part, agent.layout, agent.parameters) },
    measured.map(({ clip }) => clip),
  )
  const sums = { kl: 0, entropy: 0, decisions: 0 }
  for (const [index, { rollout }] of measured.entries()) {
    const { kl, entropy } = divergence(rollout.logits, reference[index] ?? rollout.logits)
    sums.kl += kl
    sums.entropy += entropy
    sums.decisions += rollout.trajectory.actions.length
  }
  const trajectories = pool.map(({ rollout }) => rollout.trajectory)
  const decisions = trajectories.reduce((sum, { actions }) => sum + actions.length, 0)
  return {
    kind: 'pool',
    point: {
      round,
      reward: spreadOf(pool.map(({ reward }) => reward)).mean,
      preference: trajectories.filter(preferred).length / pool.length,
      kl: sums.kl / measured.length,
      entropy: sums.entropy / sums.decisions,
      length: decisions / pool.length,
    },
    trajectories,
  }
}

/** Returns the best of these clips, as many as the recipe's share of a pool, the best one first. */
function best({ share, pool }: BestOfPlayRecipe, clips: readonly RatedClip[]): RatedClip[] {
  const count = Math.max(1, Math.round(share * pool))
  return clips
    .map((clip, index) => ({ clip, index }))
    .sort((a, b) => b.clip.reward - a.clip.reward || a.index - b.index)
    .slice(0, count)
    .map(({ clip }) => clip)
}

/** Renders earlier episodes again: the same way whether or not the run was resumed in between. */
async function seenAgain(
  { device, agent, recipe }: BestOfPlayOptions,
  earlier: readonly RatedEpisode[],
): Promise<RatedClip[]> {
  if (earlier.length === 0) return []
  const { firstLayer } = upperLayout(agent.layout, recipe.layers)
  const rendered = renderEpisodes(earlier.map(({ episode }) => episode))
  const clips = await withStreams(device, agent, firstLayer, rendered)
  return earlier.flatMap((rated, index) => {
    const clip = clips[index]
    return clip === undefined ? [] : [{ ...rated, clip }]
  })
}

function episodesToKeep(
  { earlier }: BestOfPlayRecipe,
  chosen: readonly RatedClip[],
  now: number,
): RatedEpisode[] {
  return chosen
    .filter(({ round }) => round > now - earlier)
    .map(({ episode, reward, round }) => ({ episode, reward, round }))
}

/** Imitates the chosen clips, from the current policy. */
function imitateRound(
  options: BestOfPlayOptions,
  { snapshot }: RoundState,
  chosen: readonly RatedClip[],
  round: number,
) {
  const { device, agent, recipe, control } = options
  const clips = chosen.map(({ clip }) => clip)
  const highest = chosen[0]?.reward ?? 0
  const drawn = inProportion(
    chosen.map(({ reward }) => Math.exp(recipe.weighting * (reward - highest))),
  )
  const kept = cachedClips(packClips(clips, EPISODE_DECISIONS))
  const steps = recipe.rounds * recipe.updates
  const training = trainImitation({
    ...{ device, control, from: snapshot, until: (round + 1) * recipe.updates },
    layout: upperLayout(agent.layout, recipe.layers),
    recipe: { ...recipe, steps, batchesPerUpdate: 1, keep: 'last', validationEvery: steps },
    key: splitKey(keyOfRound(options, round), 'preference'),
    training: {
      count: drawn.length,
      batch: (indices) => kept.batch(indices.map((index) => drawn[index] ?? 0)),
    },
    validation: [
      packClips(clips.slice(0, recipe.clipsPerBatch), EPISODE_DECISIONS, recipe.clipsPerBatch),
    ],
    length: EPISODE_DECISIONS,
  })
  return relay(training, function* (report): Iterable<BestOfPlayReport> {
    const { kind, step, scores } = report
    if (kind === 'update') yield { kind, step, scores }
  })
}

/**
 * Returns as many indices as there are weights, each about as often as its share of the total weight,
 * in order (systematic resampling); equal weights give every index once.
 */
export function inProportion(weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let index = 0
  let passed = weights[0] ?? 0
  return weights.map((_, place) => {
    const position = ((place + 0.5) / weights.length) * total
    while (passed <= position && index < weights.length - 1) {
      index++
      passed += weights[index] ?? 0
    }
    return index
  })
}
