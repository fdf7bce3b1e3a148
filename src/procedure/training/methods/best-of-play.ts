import type { Method } from '../definitions.ts'
import type { TrainingJob } from '../job.ts'
import { endedWell, learnReward, type Running, resultOf, resumeOrRun } from '../method-steps.ts'
import { bestOfPlay, bestOfPlayPart } from '../parts/best-of-play.ts'
import { type PlanOf, sourceName } from '../plan.ts'
import type { TrainingResult } from '../reports.ts'

export const bestOfPlayImitation: Method<PlanOf<'best-of-play'>> = {
  title: 'Best-of-play imitation',
  about: 'From labels to a reward model, then rounds in which the agent imitates its best play.',
  start: 'Imitate the best play',
  material: 'labels',
  hasPreferenceOption: false,
  plays: true,
  family: 'aligned',
  parts: () => ['clips', 'reward', 'best-of-play'],
  plan: ({ common, labels, recipe }) =>
    labels && {
      ...{ ...common, kind: 'best-of-play', labels },
      recipes: { reward: recipe('reward'), 'best-of-play': recipe('best-of-play') },
    },
  name: ({ labels }) => `Best of play, ${sourceName(labels)}`,
}

export async function* runBestOfPlayImitation(
  job: TrainingJob,
  { labels }: PlanOf<'best-of-play'>,
): Running<TrainingResult> {
  const reward = yield* learnReward(job, labels)
  if (reward === undefined || !endedWell(reward)) return resultOf(reward)
  const policy = yield* resumeOrRun(job, bestOfPlay, () => bestOfPlayPart(job, reward))
  return resultOf(reward, policy)
}
