/**
 * Episodes that ship inside the page, so that something moves before anything else has come: of each
 * stage the first three that `models/results.json` has, which begin with the same three seeds. They
 * were not chosen for what they show. After a change of the world or of the shipped models:
 *
 *     node -e "
 *       const fs = require('fs')
 *       const { worldVersion, trajectories } = JSON.parse(fs.readFileSync('models/results.json'))
 *       const shown = ['base', 'fine-tuned', 'aligned-left', 'aligned-right']
 *       const first = ({ episodes }) => episodes.slice(0, 3)
 *         .map(({ seed, actions, ending }) => ({ seed, actions, ending }))
 *       const stages = Object.fromEntries(trajectories
 *         .filter(({ stage }) => shown.includes(stage)).map((each) => [each.stage, first(each)]))
 *       fs.writeFileSync('src/app/landing/recordings.json',
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

/** The seeds of the recorded episodes, the same for all stages. */
export const RECORDED_SEEDS: readonly number[] = recorded.stages.base.map(({ seed }) => seed)

/** What was recorded of a stage: an episode for each of the seeds, or none at all. */
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
