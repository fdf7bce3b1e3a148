import type { Method } from '../definitions.ts'
import type { TrainingJob } from '../job.ts'
import { learnReward, type Running, resultOf } from '../method-steps.ts'
import { type PlanOf, sourceName } from '../plan.ts'
import type { TrainingResult } from '../reports.ts'

export const rewardModel: Method<PlanOf<'reward'>> = {
  title: 'Reward model',
  about: 'The first step only: learn from labels which of two clips is preferred.',
  start: 'Train the reward model',
  material: 'labels',
  hasPreferenceOption: false,
  plays: false,
  family: undefined,
  parts: () => ['clips', 'reward'],
  plan: ({ common, labels, recipe }) =>
    labels && { ...common, kind: 'reward', labels, recipe: recipe('reward') },
  name: ({ labels }) => `Reward, ${sourceName(labels)}`,
}

export async function* runRewardModel(
  job: TrainingJob,
  { labels }: PlanOf<'reward'>,
): Running<TrainingResult> {
  return resultOf(yield* learnReward(job, labels))
}
