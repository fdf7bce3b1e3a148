/**
 * Results published in "Aligning Agents like Large Language Models" (Jelley et al., arXiv
 * 2406.04208): outcomes and accuracies read off its bar charts and its plot of reward models.
 */
import type { HomeEnding } from '../island/index.ts'

export const PAPER_NAME = 'arXiv 2406.04208'

export const PAPER_ADDRESS = 'https://arxiv.org/abs/2406.04208'

/** Number of trajectories behind each of the paper's outcome bars. */
export const PAPER_EPISODES = 1000

/** Percentage of a stage's trajectories by ending, under this repository's stage names. */
export const PAPER_OUTCOMES: Readonly<Record<string, Readonly<Record<HomeEnding, number>>>> = {
  base: { none: 43.6, left: 11.8, middle: 37.0, right: 7.6 },
  'fine-tuned': { none: 11.4, left: 31.9, middle: 33.3, right: 23.4 },
  'aligned-left': { none: 0.4, left: 98.7, middle: 0.9, right: 0.0 },
  'aligned-right': { none: 0.0, left: 0.1, middle: 0.1, right: 99.8 },
}

/** Test accuracy of the paper's reward models over `PAPER_RUNS` runs, percent. */
export interface PaperAccuracy {
  readonly encoder: 'agent' | 'random'
  readonly comparisons: number
  readonly mean: number
  /** Standard deviation over runs, percentage points. */
  readonly spread: number
}

/** Number of runs behind each mean of `PAPER_ACCURACY`. */
export const PAPER_RUNS = 20

export const PAPER_ACCURACY: readonly PaperAccuracy[] = [
  { encoder: 'agent', comparisons: 50, mean: 91.5, spread: 3.1 },
  { encoder: 'agent', comparisons: 100, mean: 93.7, spread: 2.2 },
  { encoder: 'agent', comparisons: 1_000, mean: 95.9, spread: 1.3 },
  { encoder: 'agent', comparisons: 10_000, mean: 97.3, spread: 1.6 },
  { encoder: 'agent', comparisons: 100_000, mean: 98.8, spread: 0.6 },
  { encoder: 'agent', comparisons: 500_000, mean: 99.1, spread: 0.4 },
  { encoder: 'random', comparisons: 50, mean: 41.0, spread: 16.7 },
  { encoder: 'random', comparisons: 100, mean: 31.6, spread: 12.7 },
  { encoder: 'random', comparisons: 1_000, mean: 28.1, spread: 7.1 },
  { encoder: 'random', comparisons: 10_000, mean: 27.8, spread: 7.2 },
  { encoder: 'random', comparisons: 100_000, mean: 34.6, spread: 13.0 },
  { encoder: 'random', comparisons: 500_000, mean: 31.0, spread: 9.6 },
]
