/** What the models that come out of a training are called. */
import { jumppadNamedIn } from '../../alignment/labels/index.ts'
import type { Outcome } from '../../island/index.ts'
import type { TrainingPlan } from './plan.ts'

/** What is preferred, where the plan tells: the judge's wish, or the jumppad that the question names. */
export function wantedOf(plan: TrainingPlan): Outcome | undefined {
  switch (plan.kind) {
    case 'fine-tune':
      return undefined
    case 'preference':
    case 'reinforcement':
      return plan.wanted
    default:
      return plan.labels.kind === 'judge'
        ? plan.labels.wanted
        : jumppadNamedIn(plan.labels.question)
  }
}

/** The stage of what comes out, such as `aligned-left`, or `aligned-own` where no jumppad is named. */
export function resultStage(plan: TrainingPlan, head: 'policy' | 'reward'): string {
  const towards = wantedOf(plan) ?? 'own'
  if (head === 'reward') return `reward-${towards}`
  if (plan.kind === 'fine-tune') return 'fine-tuned-own'
  return plan.kind === 'preference' ? `preference-${towards}` : `aligned-${towards}`
}
