/** Island and kind of start that the settings of an evaluation ask for. */
import {
  HOME_MAP,
  type IslandMap,
  islandNamed,
  type StartKind,
  startKindsOf,
} from '../../island/index.ts'
import type { EvaluateSettings } from '../stores/evaluate-settings.ts'

/** Returns the map of an evaluation's island; undefined for the first one. */
export function evaluatedMap({ island }: Pick<EvaluateSettings, 'island'>): IslandMap | undefined {
  const map = islandNamed(island)?.map
  return map === HOME_MAP ? undefined : map
}

/** Returns the kind of start of an evaluation: spawns where the island has no other. */
export function startOf(settings: Pick<EvaluateSettings, 'island' | 'start'>): StartKind {
  const map = evaluatedMap(settings) ?? HOME_MAP
  return startKindsOf(map).includes(settings.start) ? settings.start : 'spawn'
}
