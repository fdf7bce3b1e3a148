/** Section on recovery from initial states off the usual route. */

import { endedCount } from '../../../evaluation/index.ts'
import { START_KINDS, type StartKind } from '../../../island/index.ts'
import type { AgentResult, Results } from '../../../procedure/index.ts'
import { stageName } from '../../../procedure/model-stages.ts'
import { markdownTable, numbers, type Row, shareOf, wholeRange, words } from '../format.ts'
import { notMeasured, type Section } from '../section.ts'
import { byStage } from '../stages.ts'

/** Names of the start kinds in table headings. */
const START_NAMES: Readonly<Record<StartKind, string>> = {
  spawn: 'spawn',
  'facing-backwards': 'facing backwards',
  'side-platform': 'side platform',
  'past-jumppads': 'past the jumppads',
}

/** Results of one agent, which form a table row: one per start that was measured. */
type Starts = readonly [AgentResult, ...AgentResult[]]

export function recoverySection({ agents }: Results): Section {
  const title = 'Unusual starts'
  const rows = agentsThatRecover(agents)
  if (rows.length === 0) {
    return { title, body: [notMeasured('episodes from unusual starts')] }
  }
  const episodes = wholeRange(
    rows
      .flat()
      .filter(({ start }) => start !== 'spawn')
      .map(({ table }) => table.episodes),
  )
  return {
    title,
    body: [
      `Which agents reach any jumppad when they start on the usual route but face backwards, on a side platform, or past the jumppads: percent of fresh episodes with Wilson 95 % intervals, n = ${episodes} episodes per agent and start${fromSpawns(rows)}. Scratch is an agent trained on the curated clips alone.`,
      markdownTable(
        [
          words('agent'),
          numbers('training seed'),
          ...START_KINDS.map((start) => numbers(START_NAMES[start])),
        ],
        rows.map(startsRow),
      ),
    ],
  }
}

/** Returns the agents that were measured from a start other than a spawn, each with all of its results. */
function agentsThatRecover(agents: readonly AgentResult[]): Starts[] {
  const found: [AgentResult, ...AgentResult[]][] = []
  for (const agent of agents.toSorted(byStage)) {
    const last = found.at(-1)
    if (last !== undefined && byStage(last[0], agent) === 0) last.push(agent)
    else found.push([agent])
  }
  return found.filter((starts) => starts.some(({ start }) => start !== 'spawn'))
}

function fromSpawns(rows: readonly Starts[]): string {
  const counts = rows
    .flat()
    .filter(({ start }) => start === 'spawn')
    .map(({ table }) => table.episodes)
  return counts.length === 0 ? '' : ` and ${wholeRange(counts)} from a spawn`
}

function startsRow(starts: Starts): Row {
  const [{ stage, seed }] = starts
  return [
    stageName(stage),
    String(seed),
    ...START_KINDS.map((start) => reachedAny(starts.find((agent) => agent.start === start))),
  ]
}

function reachedAny(agent: AgentResult | undefined): string {
  if (agent === undefined) return '–'
  const { episodes } = agent.table
  return shareOf(episodes - endedCount(agent.table, 'none'), episodes)
}
