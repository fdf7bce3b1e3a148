/** What the pictures of reinforcement learning share: its runs, and a colour for each variant. */
import { MAIN_LINE, type ReinforcementResult, type Results } from '../../../procedure/index.ts'
import { INK, SAFE_COLOURS } from '../picture.ts'
import { capitalised, WANTED } from '../stages.ts'

/** An update of a run, with what it is drawn by. */
export interface RunPoint {
  /** One for each run of the picture. */
  readonly run: number
  readonly variant: string
  readonly update: number
  /** KL divergence to the starting policy, nats an episode. */
  readonly kl: number
  /** Episodes of the update that reached the wanted jumppad, percent. */
  readonly preference: number
  /** Normalised learnt reward. */
  readonly reward: number
  /** How the run ended, at its last update only. */
  readonly end?: string
}

/** Runs of the main line with at least one update, by wanted jumppad. */
export function runsByWanted(
  results: Results,
): { readonly wanted: string; readonly runs: readonly ReinforcementResult[] }[] {
  const made = results.reinforcement.filter(
    ({ updates, variant }) => updates.length > 0 && variant === MAIN_LINE,
  )
  return WANTED.map((wanted) => ({
    wanted,
    runs: made.filter((run) => run.wanted === wanted),
  })).filter(({ runs }) => runs.length > 0)
}

export function runPoints(runs: readonly ReinforcementResult[]): RunPoint[] {
  return runs.flatMap(({ variant, updates, stopped }, run) =>
    updates.map(({ update, kl, preference, reward }, index) => ({
      run,
      variant: capitalised(variant),
      update,
      kl,
      preference: 100 * preference,
      reward,
      ...(index === updates.length - 1 ? { end: stopped } : {}),
    })),
  )
}

/** Variants, each once: the main line first, then in the order they are found. */
export function variantNames(runs: readonly { readonly variant: string }[]): string[] {
  const names = new Set(runs.map(({ variant }) => variant))
  const others = [...names].filter((name) => name !== MAIN_LINE)
  return names.has(MAIN_LINE) ? [MAIN_LINE, ...others] : others
}

/** The colour of each variant of a panel, with its legend below. */
export function variantColour(variants: readonly string[]) {
  return {
    field: 'variant',
    type: 'nominal',
    scale: { domain: variants.map(capitalised), range: SAFE_COLOURS.slice(0, variants.length) },
    legend: {
      title: null,
      orient: 'bottom',
      columns: 1,
      symbolType: 'stroke',
      symbolStrokeWidth: 2.5,
      symbolOpacity: 1,
      labelLimit: 0,
      labelColor: INK,
    },
  } as const
}
