/** Names, order and colours of the stages, and the agent that represents each. */
import type { Ending, JumppadName } from '../../island/index.ts'
import type { AgentResult, Results } from '../../procedure/index.ts'
import { modelStage, type StageFamily } from '../../procedure/model-stages.ts'

/** Stages of the main line, one row per kind of stage, as laid out in the figures. */
const ROWS = [
  ['base', 'fine-tuned'],
  ['preference-left', 'preference-right', 'preference-middle'],
  ['aligned-left', 'aligned-right', 'aligned-middle'],
] as const

const MAIN_LINE: readonly string[] = ROWS.flat()

/** Display order of the preferred jumppads: the paper's two first. */
export const WANTED: readonly JumppadName[] = ['left', 'right', 'middle']

/** Compares two items by the display order of their preferred jumppad. */
export function byWanted(
  first: { readonly wanted: JumppadName },
  second: { readonly wanted: JumppadName },
): number {
  return WANTED.indexOf(first.wanted) - WANTED.indexOf(second.wanted)
}

/** The paper's colours, darkened for thin lines on white; the same as on the lab's pages. */
const COLOURS: Readonly<Partial<Record<StageFamily, string>>> = {
  base: '#cf3339',
  'fine-tuned': '#c96f00',
  aligned: '#1f8a4c',
}
const OTHER_COLOUR = '#5b6b73'

export function stageColour(stage: string): string {
  return COLOURS[modelStage(stage).family] ?? OTHER_COLOUR
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Returns the preferred jumppad of a stage, if it has one. */
export function wantedBy(stage: string): JumppadName | undefined {
  return modelStage(stage).wanted
}

/** Returns the heading of a preferred jumppad's group. */
export function wantedName(jumppad: string): string {
  return `Wanted: ${jumppad}`
}

/** Returns the display name of an outcome: `None`, `Left` … */
export function endingName(ending: Ending): string {
  return capitalised(ending)
}

/** Returns those of `stages` that belong to the main line, row by row; empty rows are omitted. */
export function mainLineRows(stages: readonly string[]): string[][] {
  return ROWS.map((row) => row.filter((stage) => stages.includes(stage))).filter(
    (row) => row.length > 0,
  )
}

/**
 * Compares two items: the main line's stages first and in order, then others by name, then by
 * training seed.
 */
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

/** A stage's evaluations from the spawns: the shipped policy, and those of other seeds. */
export interface StageEvaluations {
  readonly stage: string
  readonly shown: AgentResult
  readonly others: readonly AgentResult[]
}

/**
 * Returns the main line's stages in order. The shipped policy represents its stage; if none is
 * shipped, the one with the lowest seed does, so that it cannot be chosen by its results.
 */
export function mainLineAgents(results: Results): StageEvaluations[] {
  return MAIN_LINE.flatMap((stage) => {
    const agents = results.agents
      .filter((agent) => agent.stage === stage && agent.start === 'spawn')
      .sort(byStage)
    const shown = agents.find(({ file }) => file !== undefined) ?? agents[0]
    if (shown === undefined) return []
    return [{ stage, shown, others: agents.filter((agent) => agent !== shown) }]
  })
}
