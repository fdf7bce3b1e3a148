/** Shared by the reinforcement learning figures: the runs to draw, and a colour for each variant. */
import { MAIN_LINE, type ReinforcementResult, type Results } from '../../../procedure/index.ts'
import { INK, SAFE_COLOURS } from '../picture.ts'
import { capitalised, WANTED } from '../stages.ts'

/** Data point of one update of a run. */
export interface RunPoint {
  /** Index of the run within the figure. */
  readonly run: number
  readonly variant: string
  readonly update: number
  /** KL divergence to the starting policy in nats per episode. */
  readonly kl: number
  /** Percentage of the update's episodes that reached the preferred jumppad. */
  readonly preference: number
  /** Normalised learned reward. */
  readonly reward: number
  /** Reason why the run stopped, on its last update only. */
  readonly end?: string
}

/** Returns the main line's runs that have at least one update, grouped by preferred jumppad. */
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

/** Returns the distinct variants: the main line first, then the others in order of appearance. */
export function variantNames(runs: readonly { readonly variant: string }[]): string[] {
  const names = new Set(runs.map(({ variant }) => variant))
  const others = [...names].filter((name) => name !== MAIN_LINE)
  return names.has(MAIN_LINE) ? [MAIN_LINE, ...others] : others
}

/** Returns the colour encoding of a panel's variants, with a legend below the panel. */
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
