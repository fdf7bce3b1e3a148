/** Recovery: results of agents that start where no curated clip does. */
import type { StartKind } from '../../island/index.ts'
import type { AgentResult, EpisodeRecord, Results } from '../../lab/models/results.ts'

/** Stages that are compared: with and without pre-training. */
export const RECOVERING = ['fine-tuned', 'scratch'] as const

/** Starts in display order, from the usual one to the farthest from it. */
const RECOVERY_STARTS: readonly StartKind[] = [
  'spawn',
  'facing-backwards',
  'side-platform',
  'past-jumppads',
]

export interface RecoveryRow {
  readonly start: StartKind
  /** Results from this start for each stage of `RECOVERING`; undefined if not measured. */
  readonly agents: readonly (AgentResult | undefined)[]
  /** Each stage's episode from one start and seed given to both, where it was recorded. */
  readonly same: readonly { readonly stage: string; readonly episode: EpisodeRecord }[]
}

/** Returns a row for each start from which the agent without pre-training was measured. */
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
