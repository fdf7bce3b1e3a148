/** Compared policies: the letters and colours that tell them apart, and their counted outcomes. */

import { useComputedColorScheme } from '@mantine/core'
import { interpolateLab } from 'd3-interpolate'
import { useMemo } from 'react'
import { type OutcomeTable, outcomeTable } from '../../evaluation/outcomes.ts'
import { finalReward } from '../../evaluation/reward-statistics.ts'
import { HOME, type World, worldOf } from '../../island/index.ts'
import type { EvaluatedEpisode } from '../../lab/evaluation/protocol.ts'
import { stageColour, stageFamily } from '../stages.ts'
import {
  drawnEvaluation,
  type Evaluation,
  type PolicyRun,
  useEvaluate,
} from '../stores/evaluate.ts'
import { carriedMap } from '../stores/island-choice.ts'

export type Scheme = 'light' | 'dark'

/** A policy as figures show it. */
export interface Compared {
  readonly run: PolicyRun
  /** Index among all policies of the evaluation. */
  readonly index: number
  /** Letter from A to D, which identifies the policy without colours. */
  readonly letter: string
  /** Colour of its stage, in another shade where an earlier policy has that colour. */
  readonly colour: string
  /** Dash pattern of its lines; undefined for solid ones. */
  readonly dashes: string | undefined
  readonly table: OutcomeTable
}

/** Colours that the first to fourth policy of a stage family are mixed with, and their shares. */
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

/** Returns the colours for stages in this order, no two alike. */
export function comparedColours(stages: readonly string[], scheme: Scheme): string[] {
  return stages.map((stage, index) => {
    const shade = SHADES[alikeBefore(stages, index)] ?? SHADES[0]
    return interpolateLab(stageColour(stage)[scheme], GROUNDS[scheme][shade.towards])(shade.part)
  })
}

/** Returns how many earlier policies have the same stage colour. */
function alikeBefore(stages: readonly string[], index: number): number {
  const family = stageFamily(stages[index] ?? '')
  return stages.slice(0, index).filter((stage) => stageFamily(stage) === family).length
}

function comparedOf(policies: readonly PolicyRun[], scheme: Scheme, world: World): Compared[] {
  const stages = policies.map(({ stage }) => stage)
  const colours = comparedColours(stages, scheme)
  return policies.map((run, index) => ({
    run,
    index,
    letter: LETTERS[index] ?? String(index + 1),
    colour: colours[index] ?? '#888',
    dashes: DASHES[alikeBefore(stages, index)],
    table: tableOf(run.episodes, world),
  }))
}

/** Returns the evaluation that the figures draw. */
export function useDrawn(): Evaluation | undefined {
  return useEvaluate(drawnEvaluation)
}

/** Returns the world that the drawn evaluation is played in. */
export function useEvaluatedWorld(): World {
  const drawn = useDrawn()
  return drawn ? worldOfEvaluation(drawn) : HOME
}

/** Returns the policies of an evaluation that have counted episodes. */
export function useCompared(evaluation: Evaluation | undefined): readonly Compared[] {
  const all = useAllCompared(evaluation)
  return useMemo(() => all.filter(({ run }) => run.episodes.length > 0), [all])
}

/** Returns all policies of an evaluation. */
export function useAllCompared(evaluation: Evaluation | undefined): readonly Compared[] {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const policies = evaluation?.policies
  const world = evaluation ? worldOfEvaluation(evaluation) : HOME
  return useMemo(() => comparedOf(policies ?? [], scheme, world), [policies, scheme, world])
}

function worldOfEvaluation({ settings }: Evaluation): World {
  return worldOf({ island: carriedMap(settings.island) })
}

const tables = new WeakMap<readonly EvaluatedEpisode[], OutcomeTable>()

/** Returns the outcome table of a list of episodes, cached by the list's identity. */
function tableOf(episodes: readonly EvaluatedEpisode[], { endings }: World): OutcomeTable {
  const table = tables.get(episodes) ?? outcomeTable(episodes, endings)
  tables.set(episodes, table)
  return table
}

/** Returns the outcomes that a policy has counted in an evaluation. */
export function outcomesOf({ episodes }: PolicyRun, evaluation: Evaluation): OutcomeTable {
  return tableOf(episodes, worldOfEvaluation(evaluation))
}

/** Returns the mean reward of whole episodes by one reward model; undefined where it scored none. */
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
