/** Names, order and colours of the stages, and which agent stands for each. */
import type { Ending, JumppadName } from '../../island/index.ts'
import type { AgentResult, Results } from '../../procedure/index.ts'

/** The main line, a row for each kind of stage, as the pictures are laid out. */
const ROWS = [
  ['base', 'fine-tuned'],
  ['preference-left', 'preference-right', 'preference-middle'],
  ['aligned-left', 'aligned-right', 'aligned-middle'],
] as const

const MAIN_LINE: readonly string[] = ROWS.flat()

/** The order in which wanted jumppads are shown: the paper's two first. */
export const WANTED: readonly JumppadName[] = ['left', 'right', 'middle']

/** Puts what was trained towards a jumppad in that order. */
export function byWanted(
  first: { readonly wanted: JumppadName },
  second: { readonly wanted: JumppadName },
): number {
  return WANTED.indexOf(first.wanted) - WANTED.indexOf(second.wanted)
}

/** The paper's colours, dark enough for thin lines on white; as on the lab's pages. */
const COLOURS: Readonly<Record<string, string>> = {
  base: '#cf3339',
  'fine-tuned': '#c96f00',
  aligned: '#1f8a4c',
}
const OTHER_COLOUR = '#5b6b73'

export function stageColour(stage: string): string {
  return COLOURS[stage] ?? COLOURS[stage.split('-')[0] ?? ''] ?? OTHER_COLOUR
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `Aligned left`, `Fine-tuned`. */
export function stageName(stage: string): string {
  return capitalised(stage === 'fine-tuned' ? stage : stage.replaceAll('-', ' '))
}

/** The jumppad that an agent of this stage was aligned with, if any. */
export function wantedBy(stage: string): JumppadName | undefined {
  return WANTED.find((jumppad) => stage.endsWith(`-${jumppad}`))
}

/** The heading of what was trained towards a jumppad. */
export function wantedName(jumppad: string): string {
  return `Wanted: ${jumppad}`
}

/** How an ending is called: `None`, `Left` … */
export function endingName(ending: Ending): string {
  return capitalised(ending)
}

/** Those of `stages` that belong to the main line, row by row; rows without any are left out. */
export function mainLineRows(stages: readonly string[]): string[][] {
  return ROWS.map((row) => row.filter((stage) => stages.includes(stage))).filter(
    (row) => row.length > 0,
  )
}

/** Puts the main line first and in order, then others by name, then by training seed. */
export function byStage(
  first: { readonly stage: string; readonly seed: number },
  second: { readonly stage: string; readonly seed: number },
): number {
  const rank = ({ stage }: { readonly stage: string }): number => {
    const index = MAIN_LINE.indexOf(stage)
    return index < 0 ? MAIN_LINE.length : index
  }
  return (
    rank(first) - rank(second) ||
    first.stage.localeCompare(second.stage) ||
    first.seed - second.seed
  )
}

/** What a stage's policies did from the spawns: the shipped one, and those of other seeds. */
export interface StageAgents {
  readonly stage: string
  readonly shown: AgentResult
  readonly others: readonly AgentResult[]
}

/**
 * The main line's stages in order. The shipped policy stands for its stage; where none is shipped,
 * the one of the lowest seed does, so that nobody can choose by results.
 */
export function mainLineAgents(results: Results): StageAgents[] {
  return MAIN_LINE.flatMap((stage) => {
    const agents = results.agents
      .filter((agent) => agent.stage === stage && agent.start === 'spawn')
      .sort(byStage)
    const shown = agents.find(({ file }) => file !== undefined) ?? agents[0]
    if (shown === undefined) return []
    return [{ stage, shown, others: agents.filter((agent) => agent !== shown) }]
  })
}
