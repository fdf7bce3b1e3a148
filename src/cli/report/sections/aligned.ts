/** Section on the aligned agents of every training seed. */

import { endedCount, endedShare } from '../../../evaluation/index.ts'
import { type Ending, HOME_ENDINGS } from '../../../island/index.ts'
import type { AgentResult, Results } from '../../../procedure/index.ts'
import { modelStage, stageName } from '../../../procedure/model-stages.ts'
import {
  duration,
  markdownTable,
  numbers,
  percent,
  percentAndSpread,
  type Row,
  shareOf,
  wholeRange,
  words,
} from '../format.ts'
import { notMeasured, type Section } from '../section.ts'
import { byStage, wantedBy } from '../stages.ts'

export function alignedSection({ agents }: Results): Section {
  const title = 'Aligned agents of all seeds'
  const aligned = agents
    .filter(({ stage, start }) => modelStage(stage).family === 'aligned' && start === 'spawn')
    .sort(byStage)
  if (aligned.length === 0) return { title, body: [notMeasured('the aligned agents')] }
  const stages = [...new Set(aligned.map(({ stage }) => stage))]
  return {
    title,
    body: [
      `Every aligned agent of the main line: percent of fresh episodes from a spawn, the wanted jumppad with its Wilson 95 % interval, n = ${wholeRange(aligned.map(({ table }) => table.episodes))} episodes an agent. The last column is reinforcement learning alone.`,
      markdownTable(
        [
          words('stage'),
          words('training seed'),
          numbers('reached wanted'),
          ...HOME_ENDINGS.map(numbers),
          numbers('training'),
        ],
        stages.flatMap((stage) => seedRows(aligned.filter((agent) => agent.stage === stage))),
      ),
    ],
  }
}

/** Returns one row per seed, and a row with their mean if there are several. */
function seedRows(agents: readonly AgentResult[]): Row[] {
  const rows = agents.map(({ stage, seed, file, table, trainingSeconds }): Row => {
    const wanted = wantedBy(stage)
    return [
      stageName(stage),
      file === undefined ? String(seed) : `${seed} (shipped)`,
      wanted === undefined ? '–' : shareOf(endedCount(table, wanted), table.episodes),
      ...HOME_ENDINGS.map((ending) => percent(endedShare(table, ending))),
      duration(trainingSeconds),
    ]
  })
  const stage = agents[0]?.stage ?? ''
  const wanted = wantedBy(stage)
  if (agents.length < 2) return rows
  const spread = (ending: Ending): string =>
    percentAndSpread(agents.map(({ table }) => endedShare(table, ending)))
  return [
    ...rows,
    ['', 'mean ± sd', wanted === undefined ? '–' : spread(wanted), ...HOME_ENDINGS.map(spread), ''],
  ]
}
