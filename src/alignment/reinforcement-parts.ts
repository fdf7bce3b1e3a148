import { encodeModel } from '../graph/index.ts'
import { partOf, standingOn, upperLayout, withPart } from '../network/index.ts'
import { RewardModel } from './clip-scorer.ts'
import { freshSnapshot, Learner } from './learner.ts'
import { ADAM } from './optimiser-fields.ts'
import { type PolicyPlayer, playersOn } from './player.ts'
import { ReferencePolicy } from './reference-policy.ts'
import { reinforcementGradientGraph } from './reinforcement-graph.ts'
import type { ReinforcementOptions } from './reinforcement-types.ts'
import type { Rollout, RolloutOptions } from './rollout.ts'
import { CLIP_LENGTHS, type SeenClip } from './seen-clips.ts'
import { ValueBaseline } from './value-baseline.ts'

/** Models and state that updates work with. */
export interface Parts {
  readonly learner: Learner
  readonly player: PolicyPlayer
  readonly reference: ReferencePolicy
  readonly reward: RewardModel
  readonly values: ValueBaseline
  /** Data of an episode that rollouts have to keep. */
  readonly keep: NonNullable<RolloutOptions['keep']>
  /** Returns an episode as the reward model reads it. */
  seenByReward(episode: Rollout): SeenClip
  /** Returns the whole policy's parameters, given those of its trained part. */
  whole(learnt: Float32Array): Float32Array
  release(): Promise<void>
}

/**
 * Creates the parts of a training run. If only the upper blocks are trained, the residual stream below
 * them is kept from the rollouts and nothing below is recomputed: neither for the gradient, nor for the
 * starting policy, nor for a reward model with the same lower blocks.
 */
export async function createParts(options: ReinforcementOptions): Promise<Parts> {
  const { device, layout, recipe, reference, openPlayer = playersOn(device) } = options
  const clips = recipe.clipsPerBatch
  const part = upperLayout(layout, recipe.layers)
  const initial = partOf(part, layout, reference)
  const learner = await Learner.create(
    device,
    part,
    CLIP_LENGTHS.map((length) => encodeModel(reinforcementGradientGraph(part, { clips, length }))),
    { ...ADAM, ...recipe },
    options.from ?? freshSnapshot(initial),
  )
  const played = { layout, parameters: reference, layers: recipe.layers }
  const player = await openPlayer(played, recipe.episodesPerUpdate)
  const starting = await ReferencePolicy.create(device, part, initial, clips)
  const judge = standingOn({ layout, parameters: reference }, options.reward, recipe.layers)
  const reward = await RewardModel.create(
    device,
    judge.layout,
    judge.parameters,
    recipe.rewardStride,
  )
  const readsFrames = judge.layout.firstLayer === 0
  return {
    ...{ learner, player, reward, reference: starting },
    values: new ValueBaseline(layout.size.width, options.values, recipe.rewardStride),
    keep: part.firstLayer === 0 ? 'frames' : readsFrames ? 'both' : 'stream',
    seenByReward: ({ trajectory: { actions }, frames, stream }) =>
      readsFrames || stream === undefined ? { actions, frames } : { actions, frames, stream },
    whole: (learnt) => withPart(part, layout, reference, learnt),
    async release() {
      await reward.release()
      await starting.release()
      await player.release()
      await learner.release()
    },
  }
}
