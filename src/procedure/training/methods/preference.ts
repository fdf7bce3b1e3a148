import type { Method } from '../definitions.ts'
import type { TrainingJob } from '../job.ts'
import { type Running, resultOf, resumeOrRun, rewardOf } from '../method-steps.ts'
import { preference, preferencePart } from '../parts/preference.ts'
import { type PlanOf, rewardInPlan } from '../plan.ts'
import type { TrainingResult } from '../reports.ts'

export const preferenceFineTuning: Method<PlanOf<'preference'>> = {
  title: 'Preference fine-tuning',
  about: 'The agent imitates its own best episodes, as scored by a reward model.',
  start: 'Fine-tune on preferences',
  material: 'reward',
  hasPreferenceOption: false,
  plays: true,
  family: 'preference',
  parts: () => ['preference'],
  plan: ({ common, reward, island, recipe }) =>
    reward && {
      ...{ ...common, kind: 'preference', recipe: recipe('preference') },
      ...rewardInPlan(reward),
      ...(island && { island }),
    },
  name: ({ reward }) => `Preferred, ${reward.name}`,
}

export async function* runPreferenceFineTuning(job: TrainingJob): Running<TrainingResult> {
  const reward = rewardOf(job)
  const tuned = yield* resumeOrRun(job, preference, () => preferencePart(job, reward))
  return resultOf(undefined, tuned)
}
