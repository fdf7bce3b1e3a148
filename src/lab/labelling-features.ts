import { RewardModel } from '../alignment/index.ts'
import { rootKey } from '../island/index.ts'
import { type ImportedModel, parameterLayout, withTrunkOf } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'

/** A reward model of a policy's trunk, for its features: its own read-out is never used. */
export function trunkReader(device: Device, { layout, parameters }: ImportedModel) {
  const reward = parameterLayout(layout.size, 'reward')
  return RewardModel.create(device, reward, withTrunkOf(reward, { layout, parameters }, rootKey(0)))
}
