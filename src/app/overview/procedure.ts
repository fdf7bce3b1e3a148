/** The six steps of the procedure as shown on the page, and their results. */
import { endedShare } from '../../evaluation/outcomes.ts'
import type { JumppadName } from '../../island/index.ts'
import type { AgentResult, Results } from '../../lab/models/results.ts'

/** Display order of preferred jumppads: the paper's two first. */
export const WANTED: readonly JumppadName[] = ['left', 'right', 'middle']

type StepName = 'base' | 'fine-tuned' | 'preferences' | 'preference' | 'rewards' | 'aligned'

export interface Step {
  readonly name: StepName
  readonly title: string
  /** Summary of the step in a few words. */
  readonly gist: string
  /** Stages of the agents that result from it. */
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
  {
    name: 'rewards',
    title: 'Reinforcement',
    gist: 'Learn from the reward by trial and error',
    stages: [],
  },
  {
    name: 'aligned',
    title: 'Aligned',
    gist: 'The result',
    stages: towards('aligned'),
  },
]

/** Results of a stage's policies from the spawns: the one shown, and those of other training seeds. */
export interface StageAgents {
  readonly shown: AgentResult
  readonly others: readonly AgentResult[]
}

/**
 * Returns a stage's results, or undefined if it was not measured. The shipped policy represents its
 * stage; where none is shipped, the lowest training seed does, so that the choice cannot depend on results.
 */
export function agentsOf(results: Results | undefined, stage: string): StageAgents | undefined {
  const agents = (results?.agents ?? [])
    .filter((agent) => agent.stage === stage && agent.start === 'spawn')
    .sort((a, b) => a.seed - b.seed)
  const shown = agents.find(({ file }) => file !== undefined) ?? agents[0]
  return shown && { shown, others: agents.filter((agent) => agent !== shown) }
}

/** Returns the share of a policy's episodes that reached the `wanted` jumppad, or any if undefined. */
export function reachedShare({ table }: AgentResult, wanted: JumppadName | undefined): number {
  if (table.episodes === 0) return 0
  return wanted ? endedShare(table, wanted) : 1 - endedShare(table, 'none')
}

/** Returns the word for `reachedShare`: the preferred jumppad, or `arrive` for any. */
export function reachedWord(wanted: JumppadName | undefined): string {
  return wanted ?? 'arrive'
}
