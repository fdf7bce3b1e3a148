import type { Method } from '../definitions.ts'
import type { TrainingJob } from '../job.ts'
import { type Running, resultOf, resumeOrRun } from '../method-steps.ts'
import { peoplesMaterial } from '../parts/clips.ts'
import { imitation, imitationPart } from '../parts/imitation.ts'
import type { PlanOf } from '../plan.ts'
import { TrainingProblem } from '../problem.ts'
import type { TrainingResult } from '../reports.ts'

export const fineTune: Method<PlanOf<'fine-tune'>> = {
  title: 'Fine-tune on clips',
  about: 'Imitate selected episodes, including your own play.',
  start: 'Fine-tune the agent',
  material: 'clips',
  hasPreferenceOption: false,
  plays: false,
  family: 'fine-tuned',
  parts: () => ['clips', 'imitation'],
  plan: ({ common, clips, recipe }) =>
    clips && { ...common, kind: 'fine-tune', clips, recipe: recipe('imitation') },
  name: ({ clips }) => `Fine-tuned on ${clips.count} clips`,
}

export async function* runFineTune(job: TrainingJob): Running<TrainingResult> {
  const policy = yield* resumeOrRun(job, imitation, async function* () {
    const material = yield* peoplesMaterial(job)
    if (material?.clips.length === 0) {
      throw new TrainingProblem('Found no clips to learn from, expected at least one: select some')
    }
    return material && (yield* imitationPart(job, material.clips))
  })
  return resultOf(undefined, policy)
}
