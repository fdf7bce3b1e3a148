/**
 * Episodes that ship inside the page, so that something moves before anything else is loaded: the first
 * three of four stages in `models/results.json`, which share three seeds. They were not picked for what
 * they show. To be regenerated after a change of the world or of the shipped models:
 *
 *     node -e "
 *       const fs = require('fs')
 *       const { worldVersion, trajectories } = JSON.parse(fs.readFileSync('models/results.json'))
 *       const shown = ['base', 'fine-tuned', 'aligned-left', 'aligned-right']
 *       const first = ({ episodes }) => episodes.slice(0, 3)
 *         .map(({ seed, actions, ending }) => ({ seed, actions, ending }))
 *       const stages = Object.fromEntries(trajectories
 *         .filter(({ stage }) => shown.includes(stage)).map((each) => [each.stage, first(each)]))
 *       fs.writeFileSync('src/app/data/recordings.json',
 *         JSON.stringify({ worldVersion, stages }, null, 2) + '\n')"
 */
import type { Episode } from '../../island/index.ts'
import { decodeActions } from '../../procedure/episode-record.ts'
import recorded from './recordings.json' with { type: 'json' }

interface Recording {
  readonly seed: number
  readonly actions: string
}

const stages: Readonly<Record<string, readonly Recording[]>> = recorded.stages

/** Seeds of the recorded episodes, the same for all stages. */
export const RECORDED_SEEDS: readonly number[] = recorded.stages.base.map(({ seed }) => seed)

/** Returns the recorded episodes of a stage: one per seed, or none at all. */
export function recordingsOf(stage: string): Episode[] {
  const { worldVersion } = recorded
  return (stages[stage] ?? []).map(({ seed, actions }) => ({
    worldVersion,
    start: 'spawn',
    seed,
    actions: decodeActions(actions),
  }))
}

export function hasRecordings(stage: string): boolean {
  return stages[stage] !== undefined
}
