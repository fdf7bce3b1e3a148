import type { TrainingData } from '../procedure/training/job.ts'
import type { StudyResult } from './result.ts'

/** Returns the result of a study as data that a reward model can be trained on. */
export function trainingDataOf({ clips, comparisons }: StudyResult): TrainingData {
  const places = new Map(clips.map(({ id }, place) => [id, place]))
  const placeOf = (id: string): number => places.get(id) ?? Number.NaN
  return {
    clips,
    comparisons: comparisons.map(({ first, second, preference }) => ({
      first: placeOf(first),
      second: placeOf(second),
      verdict: preference,
    })),
  }
}
