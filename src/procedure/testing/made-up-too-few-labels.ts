/** Synthetic trainings on few labels, with the size of real ones, for tests and previews. */
import { type Ending, RandomStream, rootKey, splitKey, WORLD_VERSION } from '../../island/index.ts'
import {
  type EpisodeRecord,
  type LabelledPair,
  TOO_FEW_VERSION,
  type TooFewLabels,
  type TooFewRun,
  type TooFewUpdate,
} from '../index.ts'
import { madeUpEpisodes, tableOf } from './made-up-results.ts'

const KEY = rootKey(11)
const EPISODES = 400
const UPDATES = 60

interface MadeUpRun {
  readonly labels: number
  readonly seed: number
  readonly left: number
  readonly middle: number
  readonly accuracy: number
}

/** Shares of left and of middle after training, and accuracy of the reward model, by labels and seed. */
const RUNS: readonly MadeUpRun[] = [
  { labels: 10, seed: 1, left: 0.32, middle: 0.6, accuracy: 0.681 },
  { labels: 10, seed: 2, left: 0.41, middle: 0.5, accuracy: 0.692 },
  { labels: 10, seed: 3, left: 0.58, middle: 0.31, accuracy: 0.723 },
  { labels: 25, seed: 1, left: 0.71, middle: 0.22, accuracy: 0.801 },
  { labels: 25, seed: 2, left: 0.83, middle: 0.12, accuracy: 0.842 },
  { labels: 25, seed: 3, left: 0.78, middle: 0.17, accuracy: 0.825 },
  { labels: 50, seed: 1, left: 0.95, middle: 0.03, accuracy: 0.921 },
  { labels: 50, seed: 2, left: 0.97, middle: 0.02, accuracy: 0.934 },
  { labels: 50, seed: 3, left: 0.96, middle: 0.02, accuracy: 0.928 },
]

type Shares = Pick<MadeUpRun, 'left' | 'middle'>

/** Returns counts of `episodes` episodes: what is neither left nor middle is right and none in equal parts. */
function countsOf({ left, middle }: Shares, episodes: number): Record<Ending, number> {
  const [lefts, middles] = [left, middle].map((share) => Math.round(share * episodes))
  const counts = { none: 0, left: lefts ?? 0, middle: middles ?? 0, right: 0 }
  const rest = episodes - counts.left - counts.middle
  counts.none = Math.floor(rest / 2)
  counts.right = rest - counts.none
  return counts
}

function updatesOf(run: MadeUpRun): TooFewUpdate[] {
  const random = new RandomStream(splitKey(KEY, 'updates', run.labels, run.seed))
  return Array.from({ length: UPDATES + 1 }, (_, update) => {
    const way = 1 - Math.exp(-update / 15)
    const shares = {
      left: 0.27 + (run.left - 0.27) * way,
      middle: 0.36 + (run.middle - 0.36) * way,
    }
    return {
      update,
      reward: 1.6 * way + 0.05 * random.normal(),
      kl: 18 * way * way,
      ...(update < UPDATES && { endings: countsOf(shares, 64) }),
    }
  })
}

/** Returns 4 decided pairs of 10 against the middle jumppad, and ties between clips that go elsewhere. */
function pairs(): LabelledPair[] {
  const others: readonly Ending[] = ['middle', 'right', 'none', 'middle', 'right']
  return Array.from({ length: 25 }, (_, index): LabelledPair => {
    const decided = index % 5 < 2
    const name = (side: string) => `pair ${index} ${side}`
    const [worse] = madeUpEpisodes(name('worse'), [others[index % 5] ?? 'none'], 1)
    const [better] = madeUpEpisodes(name('better'), decided ? ['left'] : ['right', 'none'], 1)
    if (!better || !worse) throw new Error('There are always episodes.')
    if (!decided) return { first: worse, second: better }
    return index % 2 === 0
      ? { first: better, second: worse, preferred: 'first' }
      : { first: worse, second: better, preferred: 'second' }
  })
}

function mapOf(shares: Shares, name: string, episodes: number): EpisodeRecord[] {
  const counts = countsOf(shares, episodes)
  return Object.entries(counts).flatMap(
    ([ending, count]) => madeUpEpisodes(`${name} ${ending}`, [ending as Ending], count), // the keys of the counts
  )
}

function runOf(run: MadeUpRun, episodesEach: number): TooFewRun {
  const { labels, seed, accuracy } = run
  const all = labels === 10 ? pairs() : undefined
  const ties = Math.floor(1.5 * labels)
  const against = { none: Math.floor(labels / 5), left: 0, middle: 0, right: 0 }
  against.middle = Math.floor(labels / 2)
  against.right = labels - against.none - against.middle
  const ratio = (share: number) => ({ accuracy: Math.min(1, share), comparisons: 300 })
  return {
    labels,
    seed,
    recipes: { reward: { steps: 150 }, reinforcement: { steps: UPDATES, episodesPerUpdate: 64 } },
    answers: { pairs: labels + ties, ties, against },
    reward: {
      updates: 150,
      test: ratio(accuracy),
      against: {
        none: ratio(accuracy + 0.05),
        middle: ratio(2 * accuracy - 0.85),
        right: ratio(accuracy + 0.02),
      },
      byEnding: {
        none: { clips: 44, mean: -1.12 },
        left: { clips: 81, mean: 0.61 },
        middle: { clips: 101, mean: 1.35 - accuracy },
        right: { clips: 74, mean: -0.48 },
      },
    },
    updates: updatesOf(run),
    stopped: 'last update',
    table: tableOf(countsOf(run, EPISODES)),
    episodes: mapOf(run, `run ${labels} ${seed}`, episodesEach),
    trainingSeconds: 312,
    ...(all && seed === 1 && { pairs: all }),
  }
}

/** Returns data in which the median of the runs with ten labels has seed 1, with `episodesEach` episodes a map. */
export function madeUpTooFewLabels(episodesEach: number): TooFewLabels {
  const before = { left: 0.27, middle: 0.36 }
  return {
    version: TOO_FEW_VERSION,
    worldVersion: WORLD_VERSION,
    prefer: 'left',
    machine: '2 cores of AMD EPYC, Node 20.20.2',
    agent: {
      stage: 'fine-tuned',
      sha256: 'ab'.repeat(32),
      table: tableOf(countsOf(before, EPISODES)),
      episodes: mapOf(before, 'before', episodesEach),
    },
    test: { clips: 300, comparisons: 1500 },
    runs: RUNS.map((run) => runOf(run, episodesEach)),
  }
}
