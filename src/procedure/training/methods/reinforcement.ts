import type { Method } from '../definitions.ts'
import type { TrainingJob } from '../job.ts'
import { type Running, resultOf, resumeOrRun, rewardOf } from '../method-steps.ts'
import { reinforcement, reinforcementPart } from '../parts/reinforcement.ts'
import { type PlanOf, rewardInPlan } from '../plan.ts'
import type { TrainingResult } from '../reports.ts'

export const reinforcementLearning: Method<PlanOf<'reinforcement'>> = {
  title: 'Reinforcement learning',
  about: 'Trial and error on the reward from a reward model.',
  start: 'Start reinforcement learning',
  material: 'reward',
  hasPreferenceOption: false,
  plays: true,
  family: 'aligned',
  parts: () => ['reinforcement'],
  plan: ({ common, reward, island, recipe }) =>
    reward && {
      ...{ ...common, kind: 'reinforcement', recipe: recipe('reinforcement') },
      ...rewardInPlan(reward),
      ...(island && { island }),
    },
  name: ({ reward }) => `Reinforced, ${reward.name}`,
}

export async function* runReinforcementLearning(job: TrainingJob): Running<TrainingResult> {
  const reward = rewardOf(job)
  const learnt = yield* resumeOrRun(job, reinforcement, () =>
    reinforcementPart(job, job.start, reward),
  )
  return resultOf(undefined, learnt)
}
