/** Ablations grouped by what they vary, each next to the unvaried procedure. */
import type { AblationResult, ReinforcementResult, Results, Varied } from './results.ts'

/** Name of the variant that is the procedure itself, whose agents are shipped. */
export const MAIN_LINE = 'main line'

export interface AblatedRun {
  readonly ablation: AblationResult
  /** Learning curve of the run; undefined where only its result was kept. */
  readonly learning: ReinforcementResult | undefined
}

export interface AblationGroup {
  readonly varied: Exclude<Varied, 'nothing'>
  /** Runs of the group; the unvaried ones come first, as the baseline for the others. */
  readonly runs: readonly AblatedRun[]
}

/** Returns a group for everything that is varied, in the order of the results; none without it. */
export function ablationGroups({ ablations = [], reinforcement }: Results): AblationGroup[] {
  const runs = ablations.map((ablation) => ({
    ablation,
    learning: reinforcement.find((run) => isOf(run, ablation)),
  }))
  const of = (varied: Varied) => runs.filter(({ ablation }) => ablation.varied === varied)
  const kinds = new Set(ablations.map(({ varied }) => varied))
  return [...kinds].flatMap((varied) =>
    varied === 'nothing' ? [] : [{ varied, runs: [...of('nothing'), ...of(varied)] }],
  )
}

function isOf(run: ReinforcementResult, { variant, wanted, seed }: AblationResult): boolean {
  return run.variant === variant && run.wanted === wanted && run.seed === seed
}
