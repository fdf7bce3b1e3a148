import type { Method } from '../definitions.ts'
import type { TrainingJob } from '../job.ts'
import { type Running, resultOf, resumeOrRun } from '../method-steps.ts'
import { labelledMaterial } from '../parts/clips.ts'
import { contrastive, contrastivePart } from '../parts/contrastive.ts'
import { type PlanOf, sourceName } from '../plan.ts'
import type { TrainingResult } from '../reports.ts'

export const contrastivePreferenceLearning: Method<PlanOf<'contrastive'>> = {
  title: 'Contrastive learning',
  about: 'From labels to an agent directly, without a reward model or new play.',
  start: 'Train on the labels directly',
  material: 'labels',
  hasPreferenceOption: false,
  plays: false,
  family: 'aligned',
  parts: () => ['clips', 'contrastive'],
  plan: ({ common, labels, recipe }) =>
    labels && { ...common, kind: 'contrastive', labels, recipe: recipe('contrastive') },
  name: ({ labels }) => `Contrastive, ${sourceName(labels)}`,
}

export async function* runContrastivePreferenceLearning(
  job: TrainingJob,
  { labels }: PlanOf<'contrastive'>,
): Running<TrainingResult> {
  const policy = yield* resumeOrRun(job, contrastive, async function* () {
    const material = yield* labelledMaterial(job, labels)
    return material && (yield* contrastivePart(job, material))
  })
  return resultOf(undefined, policy)
}
