/** How far a training is, over all its parts. */
import type { TrainingPart } from '../procedure/training/reports.ts'
import type { LiveRun } from './stores/training.ts'

/** How long the parts take beside each other, roughly: enough for a bar that never goes back. */
const WEIGHTS: Readonly<Record<TrainingPart, number>> = {
  clips: 1,
  imitation: 6,
  reward: 3,
  preference: 2,
  reinforcement: 8,
}

/** From 0 to 1. */
export function progressOf({ parts, part, done, of }: LiveRun): number {
  const all = parts.reduce((sum, each) => sum + WEIGHTS[each], 0)
  if (part === undefined || all === 0) return 0
  const before = parts.slice(0, parts.indexOf(part)).reduce((sum, each) => sum + WEIGHTS[each], 0)
  const share = of > 0 ? Math.min(1, done / of) : 0
  return (before + share * WEIGHTS[part]) / all
}
