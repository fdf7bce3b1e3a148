/** Data of the learning curves. */
import type { Results } from '../../../lab/models/results.ts'
import { WANTED } from '../procedure.ts'

export type ReinforcementRun = Results['reinforcement'][number]

export const METRICS = [
  { name: 'preference', title: 'Reached it', unit: ' %', scale: 100, domain: [0, 100] },
  { name: 'reward', title: 'Learned reward', unit: '', scale: 1, domain: ['auto', 'auto'] },
  { name: 'kl', title: 'KL from start', unit: '', scale: 1, domain: [0, 'auto'] },
] as const

export type MetricName = (typeof METRICS)[number]['name']

/** Returns the distinct variants in the order of the runs, at most as many as there are colours. */
export function variantsOf(
  runs: readonly ReinforcementRun[],
): { variant: string; colour: string }[] {
  return [...new Set(runs.map(({ variant }) => variant))]
    .slice(0, COLOURS.length)
    .map((variant, index) => ({ variant, colour: COLOURS[index] ?? '' }))
}

const COLOURS = [
  'var(--stage-aligned)',
  'var(--series-2)',
  'var(--series-1)',
  'var(--stage-scratch)',
  'var(--mantine-color-dimmed)',
]

export interface OutcomePanel {
  readonly wanted: string
  readonly lines: readonly { readonly name: string; readonly colour: string }[]
  /** One row per update, with the value of each line under its name. */
  readonly rows: readonly {
    readonly update: number
    readonly values: Readonly<Record<string, number>>
  }[]
  /** Text alternative for screen readers. */
  readonly summary: string
}

export function curvePanels(all: readonly ReinforcementRun[], metric: MetricName): OutcomePanel[] {
  const variants = variantsOf(all)
  const { scale } = METRICS.find(({ name }) => name === metric) ?? METRICS[0]
  return WANTED.flatMap((wanted) => {
    const runs = all.filter(
      (run) => run.wanted === wanted && variants.some(({ variant }) => variant === run.variant),
    )
    if (runs.length === 0) return []
    const lines = runs.map((run) => ({
      name: nameOf(run),
      colour: variants.find(({ variant }) => variant === run.variant)?.colour ?? '',
    }))
    const last = Math.max(...runs.map(({ updates }) => updates.length))
    const rows = Array.from({ length: last }, (_, index) => ({
      update: index,
      values: Object.fromEntries(
        runs.flatMap((run) => {
          const update = run.updates[index]
          return update ? [[nameOf(run), scale * update[metric]]] : []
        }),
      ),
    }))
    return [{ wanted, lines, rows, summary: summaryOf(wanted, runs) }]
  })
}

function nameOf({ variant, seed }: ReinforcementRun): string {
  return `${variant}, seed ${seed}`
}

function summaryOf(wanted: string, runs: readonly ReinforcementRun[]): string {
  const told = runs.map((run) => {
    const [first, last] = [run.updates[0], run.updates.at(-1)]
    const share = (update = first) => `${(100 * (update?.preference ?? 0)).toFixed(0)} %`
    return `${nameOf(run)}: from ${share()} to ${share(last)} in ${last?.update ?? 0} updates`
  })
  return `Episodes that reached the ${wanted} jumppad during reinforcement learning. ${told.join('; ')}.`
}
