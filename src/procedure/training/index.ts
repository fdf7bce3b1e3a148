/** Training in the visitor's tab: from a plan to models, resumable after any interruption. */
export { clipCost } from './cost.ts'
export type {
  Chart,
  ChartLine,
  Method,
} from './definitions.ts'
export * from './hold-out.ts'
export type { TrainingData } from './job.ts'
export { replayableData } from './parts/clips.ts'
export { heldOutSplit } from './parts/reward.ts'

export * from './plan.ts'
export * from './problem.ts'
export * from './problems.ts'
export * from './registry.ts'
export * from './reports.ts'
export * from './run-training.ts'
