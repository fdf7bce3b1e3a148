/** Names of the models that a training produces. */
import { jumppadNamedIn } from '../../alignment/labels/index.ts'
import type { Outcome } from '../../island/index.ts'
import type { TrainingPlan } from './plan.ts'

/**
 * Returns the preferred outcome where the plan gives it: that of the judge or of the reward model,
 * or the jumppad that the question names.
 */
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

/**
 * Returns the stage name of a result: `aligned-left`, or `aligned-own` where no jumppad is named.
 */
export function resultStage(plan: TrainingPlan, head: 'policy' | 'reward'): string {
  const towards = wantedOf(plan) ?? 'own'
  if (head === 'reward') return `reward-${towards}`
  if (plan.kind === 'fine-tune') return 'fine-tuned-own'
  return plan.kind === 'preference' ? `preference-${towards}` : `aligned-${towards}`
}
