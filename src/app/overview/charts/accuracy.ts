/** Data of the reward-model plot: our runs by trunk, and the paper's beside them. */
import type { Results } from '../../../lab/models/results.ts'
import { PAPER_ACCURACY, PAPER_RUNS } from '../../../procedure/paper.ts'
import { countOf, whole } from '../../ui/format.ts'

export const ENCODERS = [
  { encoder: 'agent', name: 'Encoder from the agent', colour: 'var(--series-1)' },
  { encoder: 'random', name: 'Random encoder', colour: 'var(--series-2)' },
] as const

type Encoder = (typeof ENCODERS)[number]['encoder']
type RewardRun = NonNullable<Results['rewardRuns']>['runs'][number]

/** A run, or a mean over runs; accuracies in percent. */
export interface Dot {
  readonly encoder: Encoder
  readonly comparisons: number
  readonly accuracy: number
  /** Standard deviation over runs; set only for the paper's means. */
  readonly spread?: number
}

export interface AccuracyPanel {
  readonly title: string
  readonly note: string
  readonly sizes: readonly number[]
  readonly dots: readonly Dot[]
  readonly means: readonly Dot[]
  /** Sentence that lists the means. */
  readonly summary: string
}

const TRUNKS = [
  { trunk: 'trained', title: 'Trunk trained' },
  { trunk: 'frozen', title: 'Trunk frozen' },
] as const

export function accuracyPanels(results: Results | undefined): AccuracyPanel[] {
  const runs = results?.rewardRuns?.runs ?? []
  const ours = TRUNKS.map(({ trunk, title }) => {
    const own = runs.filter((run) => run.trunk === trunk)
    const dots = own.map(dotOf)
    return panel(title, noteOf(new Set(own.map(({ seed }) => seed)).size), dots, meansOf(dots))
  }).filter(({ title, dots }) => dots.length > 0 || title === TRUNKS[0].title)
  const paper = PAPER_ACCURACY.map(({ encoder, comparisons, mean, spread }) => ({
    encoder,
    comparisons,
    accuracy: mean,
    spread,
  }))
  return [...ours, panel('The paper’s', `${PAPER_RUNS} runs per point`, [], paper)]
}

function noteOf(seeds: number): string {
  if (seeds === 0) return 'ours'
  return `ours, ${countOf(seeds, 'run')} per point`
}

function dotOf({ encoder, comparisons, test }: RewardRun): Dot {
  return { encoder, comparisons, accuracy: 100 * test.accuracy }
}

function panel(
  title: string,
  note: string,
  dots: readonly Dot[],
  means: readonly Dot[],
): AccuracyPanel {
  const sizes = [...new Set(means.map(({ comparisons }) => comparisons))].sort((a, b) => a - b)
  return { title, note, sizes, dots, means, summary: summaryOf(means) }
}

/** Returns a mean for each encoder and number of comparisons, fewest comparisons first. */
export function meansOf(dots: readonly Dot[]): Dot[] {
  const cells = new Map<string, Dot[]>()
  for (const dot of dots) {
    const name = `${dot.encoder} ${dot.comparisons}`
    cells.set(name, [...(cells.get(name) ?? []), dot])
  }
  return [...cells.values()]
    .flatMap((cell) => {
      const [first] = cell
      if (!first) return []
      const accuracy = cell.reduce((sum, dot) => sum + dot.accuracy, 0) / cell.length
      return [{ encoder: first.encoder, comparisons: first.comparisons, accuracy }]
    })
    .sort((a, b) => a.comparisons - b.comparisons)
}

function summaryOf(means: readonly Dot[]): string {
  if (means.length === 0) return 'Not measured yet.'
  const told = ENCODERS.flatMap(({ encoder, name }) => {
    const points = means.filter((dot) => dot.encoder === encoder)
    const words = points.map(
      ({ comparisons, accuracy }) => `${accuracy.toFixed(1)} at ${whole(comparisons)}`,
    )
    return points.length > 0 ? [`${name}: ${words.join(', ')}`] : []
  })
  return `Mean accuracy in percent by comparisons. ${told.join('. ')}.`
}
