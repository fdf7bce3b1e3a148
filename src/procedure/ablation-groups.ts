/** Ablations by what they vary, each beside the procedure as it is. */
import type { AblationResult, ReinforcementResult, Results, Varied } from './results.ts'

/** The variant that is the procedure itself, whose agents are shipped. */
export const MAIN_LINE = 'main line'

export interface AblatedRun {
  readonly ablation: AblationResult
  /** How it learnt; undefined where only its result was kept. */
  readonly learning: ReinforcementResult | undefined
}

export interface AblationGroup {
  readonly varied: Exclude<Varied, 'nothing'>
  /** Those in which nothing is varied come first: the others are held against them. */
  readonly runs: readonly AblatedRun[]
}

/** A group for everything that is varied, in the order of the results; none where nothing is. */
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
