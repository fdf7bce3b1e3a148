/** The procedure as the page tells it: six steps, and what the results hold of each. */
import type { JumppadName } from '../../island/index.ts'
import type { AgentResult, Results } from '../../lab/results.ts'

/** The order in which wanted jumppads are shown: the paper's two first. */
export const WANTED: readonly JumppadName[] = ['left', 'right', 'middle']

export type StepName = 'base' | 'fine-tuned' | 'preferences' | 'preference' | 'rewards' | 'aligned'

export interface Step {
  readonly name: StepName
  readonly title: string
  /** What happens in it, in a few words. */
  readonly gist: string
  /** The agents that come out of it. */
  readonly stages: readonly string[]
}

const towards = (family: string) => WANTED.map((wanted) => `${family}-${wanted}`)

export const STEPS: readonly Step[] = [
  { name: 'base', title: 'Pre-training', gist: 'Imitate many people', stages: ['base'] },
  {
    name: 'fine-tuned',
    title: 'Fine-tuning',
    gist: 'Imitate a few good clips',
    stages: ['fine-tuned'],
  },
  { name: 'preferences', title: 'Preferences', gist: 'Compare clips, learn a reward', stages: [] },
  {
    name: 'preference',
    title: 'Preference fine-tuning',
    gist: 'Imitate its own best clips',
    stages: towards('preference'),
  },
  { name: 'rewards', title: 'Reinforcement', gist: 'Try, and follow the reward', stages: [] },
  {
    name: 'aligned',
    title: 'Aligned',
    gist: 'What came of it',
    stages: towards('aligned'),
  },
]

/** What a stage's policies did from the spawns: the shipped one, and those of other seeds. */
export interface StageAgents {
  readonly shown: AgentResult
  readonly others: readonly AgentResult[]
}

/**
 * The shipped policy stands for its stage; where none is shipped, the one of the lowest seed does,
 * so that nobody can choose by results.
 */
export function agentsOf(results: Results | undefined, stage: string): StageAgents | undefined {
  const agents = (results?.agents ?? [])
    .filter((agent) => agent.stage === stage && agent.start === 'spawn')
    .sort((a, b) => a.seed - b.seed)
  const shown = agents.find(({ file }) => file !== undefined) ?? agents[0]
  return shown && { shown, others: agents.filter((agent) => agent !== shown) }
}

/** Share of a policy's episodes that reached the jumppad it was trained towards, or any. */
export function reachedShare({ table }: AgentResult, wanted: JumppadName | undefined): number {
  if (table.episodes === 0) return 0
  const reached = wanted ? table.outcomes[wanted] : table.episodes - table.outcomes.none
  return reached / table.episodes
}

/** Percent with one decimal, as everywhere in the report. */
export function percent(share: number): string {
  return (100 * share).toFixed(1)
}

/** What the share above is a share of, in a word: who arrives at all, or where it should. */
export function reachedWord(wanted: JumppadName | undefined): string {
  return wanted ?? 'arrive'
}
