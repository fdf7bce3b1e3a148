import type { TrainingJob } from './job.ts'
import { runAlign } from './methods/align.ts'
import { runBestOfPlayImitation } from './methods/best-of-play.ts'
import { runContrastivePreferenceLearning } from './methods/contrastive.ts'
import { runFineTune } from './methods/fine-tune.ts'
import { runPreferenceFineTuning } from './methods/preference.ts'
import { runReinforcementLearning } from './methods/reinforcement.ts'
import { runRewardModel } from './methods/reward-model.ts'
import type { TrainingReport, TrainingResult } from './reports.ts'

/**
 * Runs a training to its end. The result of a part depends on the plan, the models, the data and
 * the device alone: a training killed at any time and run again with the same store resumes from
 * the last checkpoint and gives the same result, bit for bit on one device. Files stay in the store
 * until the caller has stored the result. Throws a `TrainingProblem` where there is too little to
 * learn from or no reward model.
 */
export function runTraining(job: TrainingJob): AsyncGenerator<TrainingReport, TrainingResult> {
  const { plan } = job
  switch (plan.kind) {
    case 'align':
      return runAlign(job, plan)
    case 'contrastive':
      return runContrastivePreferenceLearning(job, plan)
    case 'best-of-play':
      return runBestOfPlayImitation(job, plan)
    case 'reward':
      return runRewardModel(job, plan)
    case 'preference':
      return runPreferenceFineTuning(job)
    case 'reinforcement':
      return runReinforcementLearning(job)
    case 'fine-tune':
      return runFineTune(job)
  }
}
