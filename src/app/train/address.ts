import { wishName } from '../../evaluation/wish.ts'
import { islandIn, type TrainingPlan } from '../../procedure/training/index.ts'
import { AGGREGATION_METHODS } from '../../study/statistics/aggregate.ts'
import type { Candidate } from '../data/candidates.ts'
import { addressOfMap } from '../stores/island-choice.ts'
import type { AnsweredQuestion } from '../training/labels.ts'
import { type Draft, trainAddress } from './draft.ts'
import { changesIn } from './recipes.ts'

/**
 * Returns the address of a draft of this plan; models that are gone are left out. `answered` are the visitor's own
 * labels, among which those of one island are found by their digest.
 */
export function addressOf(
  plan: TrainingPlan,
  candidates: readonly Candidate[],
  answered: readonly AnsweredQuestion[] = [],
): string {
  const named = (sha256: string) => candidates.find((each) => each.sha256 === sha256)?.name
  const model = named(plan.start.sha256)
  const reward = 'reward' in plan ? named(plan.reward.sha256) : undefined
  const island = islandIn(plan)
  const set = changesIn(plan)
    .map(({ part, name, value }) => `${part}.${name}:${value}`)
    .join(',')
  return trainAddress({
    job: plan.kind,
    seed: plan.seed,
    set,
    ...(model && { model }),
    ...(reward && { reward }),
    ...('labels' in plan && labelsOf(plan.labels, answered)),
    ...(island && { island: addressOfMap(island.map, island.title) }),
    ...(plan.kind === 'align' && { preference: plan.preferenceFineTuning ? 'yes' : 'no' }),
  })
}

type Labels = Extract<TrainingPlan, { kind: 'reward' }>['labels']

function labelsOf(labels: Labels, answered: readonly AnsweredQuestion[]): Partial<Draft> {
  if (labels.kind === 'people') {
    const place = answered
      .flatMap(({ byIsland }) => byIsland)
      .find((each) => each.labels.sha256 === labels.sha256)
    const { question } = labels
    return { labels: 'own', question, ...(place && { clips: addressOfMap(place.island) }) }
  }
  if (labels.kind === 'study') {
    const method = AGGREGATION_METHODS.find((each) => each === labels.method)
    return { labels: 'study', study: labels.study.id, ...(method && { method }) }
  }
  return {
    labels: 'judge',
    wanted: wishName(labels.wanted),
    comparisons: labels.comparisons,
    noise: Math.round(100 * labels.noise),
    cannotTell: Math.round(100 * labels.cantTell),
  }
}
