/** Ablations grouped by what they vary, each next to the unvaried procedure. */
import { endedCount, endedShare } from '../evaluation/outcomes.ts'
import { type Interval, wilsonInterval } from '../evaluation/wilson.ts'
import type { AblationResult, ReinforcementResult, Results, Varied } from './results.ts'

/** Name of the variant that is the procedure itself, whose agents are shipped. */
export const MAIN_LINE = 'main line'

export interface AblatedRun {
  readonly ablation: AblationResult
  /** Learning curve of the run; undefined where only its result was kept. */
  readonly learning: ReinforcementResult | undefined
}

/** Runs of one variant towards the same jumppad, which differ in their seed alone. */
export interface AblatedVariant {
  readonly variant: string
  readonly wanted: AblationResult['wanted']
  /** Runs in the order of their seeds. */
  readonly runs: readonly AblationResult[]
  /** Shares of fresh episodes that reached the wanted jumppad, 0…1, one per run. */
  readonly shares: readonly number[]
  /** Mean of `shares`. */
  readonly share: number
  /** Wilson 95 % interval over the episodes of all runs; it does not cover what seeds differ by. */
  readonly interval: Interval
  /** Fewest and most updates until nine in ten of an update's episodes reached it; Infinity where they never did. */
  readonly updatesToNinety: { readonly fewest: number; readonly most: number }
}

export interface AblationGroup {
  readonly varied: Exclude<Varied, 'nothing'>
  /** Runs of the group; the unvaried ones come first, as the baseline for the others. */
  readonly runs: readonly AblatedRun[]
  /** The same runs by variant and wanted jumppad. */
  readonly variants: readonly AblatedVariant[]
}

/** Returns a group for everything that is varied, in the order of the results; none without it. */
export function ablationGroups({ ablations = [], reinforcement }: Results): AblationGroup[] {
  const runs = ablations.map((ablation) => ({
    ablation,
    learning: reinforcement.find((run) => isOf(run, ablation)),
  }))
  const of = (varied: Varied) => runs.filter(({ ablation }) => ablation.varied === varied)
  const kinds = new Set(ablations.map(({ varied }) => varied))
  return [...kinds].flatMap((varied) => {
    if (varied === 'nothing') return []
    const own = [...of('nothing'), ...of(varied)]
    return [{ varied, runs: own, variants: ablatedVariants(own.map(({ ablation }) => ablation)) }]
  })
}

/** Returns the runs by variant and wanted jumppad, in the order in which these first appear. */
export function ablatedVariants(ablations: readonly AblationResult[]): AblatedVariant[] {
  const groups = new Map<string, AblationResult[]>()
  for (const run of ablations) {
    const name = `${run.variant} ${run.wanted}`
    groups.set(name, [...(groups.get(name) ?? []), run])
  }
  return [...groups.values()].flatMap((runs) => {
    const [first] = runs
    return first === undefined ? [] : [variantOf(first, runs)]
  })
}

function variantOf(
  { variant, wanted }: AblationResult,
  all: readonly AblationResult[],
): AblatedVariant {
  const runs = all.toSorted((a, b) => a.seed - b.seed)
  const sum = (of: (run: AblationResult) => number) => runs.reduce((s, run) => s + of(run), 0)
  const reached = ({ table }: AblationResult) => endedCount(table, wanted)
  const shares = runs.map(({ table }) => endedShare(table, wanted))
  const updates = runs.map(({ updatesToNinety }) => updatesToNinety ?? Number.POSITIVE_INFINITY)
  return {
    ...{ variant, wanted, runs, shares },
    share: shares.reduce((s, share) => s + share, 0) / runs.length,
    interval: wilsonInterval(
      sum(reached),
      sum(({ table }) => table.episodes),
    ),
    updatesToNinety: { fewest: Math.min(...updates), most: Math.max(...updates) },
  }
}

function isOf(run: ReinforcementResult, { variant, wanted, seed }: AblationResult): boolean {
  return run.variant === variant && run.wanted === wanted && run.seed === seed
}
