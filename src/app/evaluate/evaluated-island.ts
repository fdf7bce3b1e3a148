/** Kind of start that the settings of an evaluation ask for. */
import { type StartKind, startKindsOf } from '../../island/index.ts'
import type { EvaluateSettings } from '../stores/evaluate-settings.ts'
import { islandOf } from '../stores/island-choice.ts'

/** Returns the kind of start of an evaluation: spawns where the island has no other. */
export function startOf({ island, start }: Pick<EvaluateSettings, 'island' | 'start'>): StartKind {
  return startKindsOf(islandOf(island).map).includes(start) ? start : 'spawn'
}
