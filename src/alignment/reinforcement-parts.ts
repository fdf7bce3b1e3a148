import { encodeModel } from '../graph/index.ts'
import { Renderer } from '../island/index.ts'
import { RewardModel } from './clip-scorer.ts'
import { freshSnapshot, Learner } from './learner.ts'
import { ADAM } from './optimiser-fields.ts'
import { PolicyRunner } from './policy-runner.ts'
import { ReferencePolicy } from './reference-policy.ts'
import { reinforcementGradientGraph } from './reinforcement-graph.ts'
import type { ReinforcementOptions } from './reinforcement-types.ts'
import { CLIP_LENGTHS } from './seen-clips.ts'
import { ValueBaseline } from './value-baseline.ts'

/** Islands played in lockstep. */
const ISLANDS = 64

/** What an update works with. */
export interface Parts {
  readonly learner: Learner
  readonly runner: PolicyRunner
  readonly reference: ReferencePolicy
  readonly reward: RewardModel
  readonly renderer: Renderer
  readonly values: ValueBaseline
  release(): Promise<void>
}

export async function createParts(options: ReinforcementOptions): Promise<Parts> {
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
  const islands = Math.min(ISLANDS, recipe.episodesPerUpdate)
  const runner = await PolicyRunner.forParameters(device, layout, islands)
  const reference = await ReferencePolicy.create(device, layout, options.reference, clips)
  const rewardModel = await RewardModel.create(device, reward.layout, reward.parameters)
  return {
    learner,
    runner,
    reference,
    reward: rewardModel,
    renderer: new Renderer(),
    values: new ValueBaseline(layout.size.width, options.values),
    async release() {
      await rewardModel.release()
      await reference.release()
      await runner.release()
      await learner.release()
    },
  }
}
