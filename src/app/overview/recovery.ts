/** Off the beaten path: what the results say of agents that start where no curated clip ever was. */
import type { StartKind } from '../../island/index.ts'
import type { AgentResult, EpisodeRecord, Results } from '../../lab/results.ts'

/** With and without pre-training. */
export const RECOVERING = ['fine-tuned', 'scratch'] as const

/** From the usual start to the farthest away from it. */
export const RECOVERY_STARTS: readonly StartKind[] = [
  'spawn',
  'facing-backwards',
  'side-platform',
  'past-jumppads',
]

export interface RecoveryRow {
  readonly start: StartKind
  /** What each of `RECOVERING` did from there. */
  readonly agents: readonly (AgentResult | undefined)[]
  /** One beginning that both were given, played by each, where one was kept. */
  readonly same: readonly { readonly stage: string; readonly episode: EpisodeRecord }[]
}

/** A row for each start of which anything is known of the agent without pre-training. */
export function recoveryRows(results: Results): RecoveryRow[] {
  return RECOVERY_STARTS.flatMap((start) => {
    const agents = RECOVERING.map((stage) =>
      results.agents
        .filter((agent) => agent.stage === stage && agent.start === start)
        .sort((a, b) => a.seed - b.seed)
        .at(0),
    )
    if (!agents[RECOVERING.indexOf('scratch')]) return []
    const same = RECOVERING.flatMap((stage) =>
      results.gallery
        .filter((entry) => entry.stage === stage && entry.kind === `same start, ${start}`)
        .map(({ episode }) => ({ stage, episode })),
    )
    return [{ start, agents, same }]
  })
}
