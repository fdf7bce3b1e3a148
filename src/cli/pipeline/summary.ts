import { endedShare } from '../../evaluation/index.ts'
import { HOME_ENDINGS } from '../../island/index.ts'
import type { Results } from '../../procedure/index.ts'

/**
 * Formats the table printed at the end of a pipeline run: outcomes of each policy's evaluation
 * episodes in percent, reward model accuracies and the total time.
 */
export function summary({ agents, rewardModels, wallClock }: Results): string {
  const rows = agents.map(({ stage, seed, start, table, trainingSeconds }) => {
    const shares = HOME_ENDINGS.map((ending) =>
      (100 * endedShare(table, ending)).toFixed(1).padStart(6),
    )
    const name = `${stage} ${seed}${start === 'spawn' ? '' : `, ${start}`}`
    return `${name.padEnd(34)} ${shares.join(' ')} ${String(table.episodes).padStart(6)} ${String(Math.round(trainingSeconds)).padStart(6)} s`
  })
  const rewards = rewardModels.map(
    ({ wanted, seed, test }) =>
      `${`reward-${wanted} ${seed}`.padEnd(34)} ${(100 * test.accuracy).toFixed(1)} % of ${test.comparisons} decisive comparisons`,
  )
  const seconds = Object.values(wallClock).reduce((sum, value) => sum + value, 0)
  return [
    '',
    `${'agent, seed'.padEnd(34)}   none   left middle  right      n  training`,
    ...rows,
    ...rewards,
    `${(seconds / 60).toFixed(1)} minutes in total, including earlier runs`,
    '',
  ].join('\n')
}
