import type { NetworkParameters } from '../../play.ts'
import type { Method } from '../definitions.ts'
import type { TrainingJob } from '../job.ts'
import { endedWell, learnReward, type Running, resultOf, resumeOrRun } from '../method-steps.ts'
import { preference, preferencePart } from '../parts/preference.ts'
import { reinforcement, reinforcementPart } from '../parts/reinforcement.ts'
import { type PlanOf, sourceName } from '../plan.ts'
import type { TrainingResult } from '../reports.ts'

export const align: Method<PlanOf<'align'>> = {
  title: 'Align',
  about:
    'From labels to a reward model, then by reinforcement learning to an agent that does what they prefer.',
  start: 'Align the agent',
  material: 'labels',
  hasPreferenceOption: true,
  plays: true,
  family: 'aligned',
  parts: ({ preferenceFineTuning }) =>
    preferenceFineTuning
      ? ['clips', 'reward', 'preference', 'reinforcement']
      : ['clips', 'reward', 'reinforcement'],
  plan: ({ common, labels, preferenceFineTuning, recipe }) =>
    labels && {
      ...{ ...common, kind: 'align', labels, preferenceFineTuning },
      recipes: {
        reward: recipe('reward'),
        preference: recipe('preference'),
        reinforcement: recipe('reinforcement'),
      },
    },
  name: ({ labels }) => `Aligned, ${sourceName(labels)}`,
}

/**
 * Trains a reward model, then a policy by preference fine-tuning (if planned) and reinforcement
 * learning, as long as each part ends well.
 */
export async function* runAlign(
  job: TrainingJob,
  { labels, preferenceFineTuning }: PlanOf<'align'>,
): Running<TrainingResult> {
  const reward = yield* learnReward(job, labels)
  if (reward === undefined || !endedWell(reward)) return resultOf(reward)
  const tuned = preferenceFineTuning
    ? yield* resumeOrRun(job, preference, () => preferencePart(job, reward))
    : undefined
  if (tuned !== undefined && !endedWell(tuned)) return resultOf(reward, tuned)
  const agent: NetworkParameters = tuned ?? job.start
  const learnt = yield* resumeOrRun(job, reinforcement, () => reinforcementPart(job, agent, reward))
  return resultOf(reward, tuned, learnt)
}
