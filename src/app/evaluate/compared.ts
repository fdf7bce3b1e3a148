/** What is compared: letters and colours that tell policies apart, and what was counted of each. */
import { useComputedColorScheme } from '@mantine/core'
import { interpolateLab } from 'd3-interpolate'
import { useMemo } from 'react'
import { type OutcomeTable, outcomeTable } from '../../evaluation/outcomes.ts'
import { finalReward } from '../../evaluation/reward-statistics.ts'
import type { EvaluatedEpisode } from '../../lab/evaluation-protocol.ts'
import { stageColour, stageFamily } from '../stages.ts'
import { type PolicyRun, useEvaluate } from '../stores/evaluate.ts'

export type Scheme = 'light' | 'dark'

/** A policy as figures show it. */
export interface Compared {
  readonly run: PolicyRun
  /** Place among all policies of the evaluation. */
  readonly index: number
  /** A to D: what tells it apart without colours. */
  readonly letter: string
  /** Of its stage, in another shade where the stage is there already. */
  readonly colour: string
  /** Of its lines. */
  readonly dashes: string | undefined
  readonly table: OutcomeTable
}

/** What the second, third and fourth policy of a stage are mixed with, and how much of that. */
const SHADES = [
  { towards: 'ink', part: 0 },
  { towards: 'ink', part: 0.5 },
  { towards: 'paper', part: 0.45 },
  { towards: 'ink', part: 0.78 },
] as const

const DASHES = [undefined, '7 4', '2 4', '10 3 2 3'] as const

const GROUNDS = {
  light: { ink: '#10191d', paper: '#ffffff' },
  dark: { ink: '#ffffff', paper: '#0b1317' },
} as const

const LETTERS = ['A', 'B', 'C', 'D'] as const

/** Colours for stages in this order, no two alike. */
export function comparedColours(stages: readonly string[], scheme: Scheme): string[] {
  return stages.map((stage, index) => {
    const shade = SHADES[alikeBefore(stages, index)] ?? SHADES[0]
    return interpolateLab(stageColour(stage)[scheme], GROUNDS[scheme][shade.towards])(shade.part)
  })
}

/** How many policies before this one have its stage's colour. */
function alikeBefore(stages: readonly string[], index: number): number {
  const family = stageFamily(stages[index] ?? '')
  return stages.slice(0, index).filter((stage) => stageFamily(stage) === family).length
}

export function comparedOf(policies: readonly PolicyRun[], scheme: Scheme): Compared[] {
  const stages = policies.map(({ stage }) => stage)
  const colours = comparedColours(stages, scheme)
  return policies.map((run, index) => ({
    run,
    index,
    letter: LETTERS[index] ?? String(index + 1),
    colour: colours[index] ?? '#888',
    dashes: DASHES[alikeBefore(stages, index)],
    table: tableOf(run.episodes),
  }))
}

/** The policies of the evaluation of which something can be shown. */
export function useCompared(): readonly Compared[] {
  const policies = useEvaluate((state) => state.evaluation?.policies)
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  return useMemo(
    () => comparedOf(policies ?? [], scheme).filter(({ run }) => run.episodes.length > 0),
    [policies, scheme],
  )
}

const tables = new WeakMap<readonly EvaluatedEpisode[], OutcomeTable>()

/** Counted once for a list, however many figures ask. */
function tableOf(episodes: readonly EvaluatedEpisode[]): OutcomeTable {
  const table = tables.get(episodes) ?? outcomeTable(episodes)
  tables.set(episodes, table)
  return table
}

/** Mean reward of whole episodes by one reward model; undefined where it saw none. */
export function meanReward(
  episodes: readonly EvaluatedEpisode[],
  reward: number,
): number | undefined {
  const all = episodes.flatMap(({ rewards }) => {
    const running = rewards[reward]
    return running && running.length > 0 ? finalReward(running) : []
  })
  return all.length === 0 ? undefined : all.reduce((sum, each) => sum + each, 0) / all.length
}
