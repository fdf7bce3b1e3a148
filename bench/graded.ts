/**
 * Experiment on graded answers: which preference "better" and "much better" should stand for when a
 * reward is trained on them. Simulated raters grade pairs of clips; a Bradley–Terry read-out is fitted
 * to the grades under several tables, each with the same tuning, and tested on clips that no training
 * pair uses. Prints Markdown for docs/methods/graded-answers.md.
 *
 * Run with `npx tsx bench/graded.ts`; `KEYS=5` uses fewer repetitions.
 */
import type { Comparison } from '../src/alignment/comparisons.ts'
import { fitReadOut } from '../src/alignment/labels/index.ts'
import { RandomStream, rootKey, splitKey } from '../src/island/index.ts'
import { GRADED_ANSWERS, type GradeTable, gradedScale } from '../src/study/statistics/graded.ts'
import { jumppadClips, linearClips, type UtilityClips } from './graded/clips.ts'
import { type GradedPair, gradedPairs, type Thresholds } from './graded/raters.ts'

const KEYS = Number(process.env.KEYS ?? 30)
const CLIPS = 1200
/** Shares of the clips for training, tuning and testing. */
const SPLITS = [0.5, 0.25, 0.25] as const
const SIZES = [100, 400]
const TUNING_PAIRS = 300
const TEST_PAIRS = 2000
/** Factors on the features; a larger one is a weaker prior. */
const SCALES = [0.5, 1, 2, 4, 8]
/** Factors on the fitted rewards, chosen after the fit. */
const TEMPERATURES = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.4, 1.6, 1.8, 2, 2.5, 3]

const TABLES: Readonly<Record<string, GradeTable>> = {
  '1 / 0.75': { muchBetter: 1, better: 0.75 },
  '0.95 / 0.8': { muchBetter: 0.95, better: 0.8 },
  '0.9 / 0.7': { muchBetter: 0.9, better: 0.7 },
  '0.9 / 0.6': { muchBetter: 0.9, better: 0.6 },
  '0.8 / 0.65': { muchBetter: 0.8, better: 0.65 },
  '1 / 0.9': { muchBetter: 1, better: 0.9 },
  '1 / 1': { muchBetter: 1, better: 1 },
}
const REFERENCE = '1 / 0.75'
const FITTED = 'fitted'

const RATERS: Readonly<Record<string, Thresholds>> = {
  'ready to grade (0.25, 1)': { better: 0.25, muchBetter: 1 },
  'moderate (0.5, 2)': { better: 0.5, muchBetter: 2 },
  'reluctant to grade (1, 3)': { better: 1, muchBetter: 3 },
}

const MEASURES = {
  'log loss of choices, millinats': 'logLoss',
  'accuracy, percentage points': 'accuracy',
} as const

interface Score {
  /** Pairs of different utility that the rewards order correctly, percent. */
  readonly accuracy: number
  /** Mean log loss of the true chances of a choice, millinats. */
  readonly logLoss: number
}

/** Scores under each table, of one key. */
type Scores = Readonly<Record<string, Score>>

interface Setting {
  readonly name: string
  readonly clips: (key: number) => UtilityClips
  readonly thresholds: Thresholds
  readonly size: number
}

interface Split {
  readonly training: readonly GradedPair[]
  readonly tuning: readonly GradedPair[]
  readonly test: readonly GradedPair[]
}

function splitOf(clips: UtilityClips, thresholds: Thresholds, size: number, key: number): Split {
  const root = splitKey(rootKey(key), 'graded', clips.name, size)
  const order = new RandomStream(splitKey(root, 'clips')).shuffle([...clips.rows.keys()])
  const ends = SPLITS.map((_, i) => SPLITS.slice(0, i + 1).reduce((sum, share) => sum + share, 0))
  const part = (name: string, index: number, count: number) => {
    const from = Math.round((ends[index - 1] ?? 0) * order.length)
    const chosen = order.slice(from, Math.round((ends[index] ?? 1) * order.length))
    return gradedPairs(chosen, clips.utilities, count, thresholds, splitKey(root, name))
  }
  return {
    training: part('training', 0, size),
    tuning: part('tuning', 1, TUNING_PAIRS),
    test: part('test', 2, TEST_PAIRS),
  }
}

/** Returns the table of the shares with which another rater chose the preferred side, by grade. */
function fittedTable(pairs: readonly GradedPair[]): GradeTable {
  const share = (grade: string) => {
    const chosen = pairs
      .filter((pair) => pair.grade === `first ${grade}` || pair.grade === `second ${grade}`)
      .map(({ grade: said, otherChoice }) => said.startsWith('first') === (otherChoice === 1))
    // One imagined answer each way keeps the share of few answers inside 0…1.
    return (chosen.filter(Boolean).length + 1) / (chosen.length + 2)
  }
  const better = Math.max(0.5, share('better'))
  return { better, muchBetter: Math.max(better, share('much better')) }
}

function softened(pairs: readonly GradedPair[], table: GradeTable): Comparison[] {
  const scale = gradedScale(table)
  return pairs.map(({ first, second, grade }) => ({
    first,
    second,
    verdict: scale[GRADED_ANSWERS.indexOf(grade)] ?? 0.5,
  }))
}

/** Fits a read-out for each strength of the prior, and keeps the one that tunes best. */
function fitted({ rows }: UtilityClips, split: Split, table: GradeTable): Float64Array {
  const comparisons = softened(split.training, table)
  const choices = SCALES.flatMap((scale) => {
    const scaled = rows.map((row) => row.map((x) => x * scale))
    const weights = fitReadOut(scaled, comparisons)
    const rewards = Float64Array.from(scaled, (row) =>
      row.reduce((sum, x, i) => sum + x * (weights[i] ?? 0), 0),
    )
    return TEMPERATURES.map((factor) => rewards.map((reward) => reward * factor))
  })
  const losses = choices.map((rewards) => choiceLoss(rewards, split.tuning))
  return choices[losses.indexOf(Math.min(...losses))] ?? new Float64Array()
}

/** Returns the mean log loss of other raters' choices, nats. */
function choiceLoss(rewards: Float64Array, pairs: readonly GradedPair[]): number {
  const sum = pairs.reduce((total, { first, second, otherChoice }) => {
    const d = (rewards[first] ?? 0) - (rewards[second] ?? 0)
    return total + crossEntropy(d, otherChoice)
  }, 0)
  return sum / pairs.length
}

function crossEntropy(d: number, chance: number): number {
  return Math.max(d, 0) + Math.log1p(Math.exp(-Math.abs(d))) - chance * d
}

/** Scores rewards against the true chances, so that the test adds no noise of raters. */
function scoreOf(rewards: Float64Array, { utilities }: UtilityClips, test: readonly GradedPair[]) {
  let right = 0
  let decided = 0
  let loss = 0
  for (const { first, second } of test) {
    const truth = (utilities[first] ?? 0) - (utilities[second] ?? 0)
    const d = (rewards[first] ?? 0) - (rewards[second] ?? 0)
    loss += crossEntropy(d, 1 / (1 + Math.exp(-truth)))
    if (truth === 0) continue
    decided += 1
    if (d > 0 === truth > 0) right += 1
  }
  return { accuracy: (100 * right) / decided, logLoss: (1000 * loss) / test.length }
}

function meanAndError(numbers: readonly number[]): [mean: number, error: number] {
  const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length
  const squares = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0)
  return [mean, Math.sqrt(squares / (numbers.length - 1) / numbers.length)]
}

/** Prints the mean difference of each table from the reference, by setting and over all of them. */
function report(measure: keyof Score, settings: readonly (readonly [string, Scores[]])[]): void {
  const tables = Object.keys(settings[0]?.[1][0] ?? {})
  const row = (list: readonly Scores[]) =>
    tables.map((table) => {
      const differences = list.map(
        (scores) =>
          (scores[table]?.[measure] ?? Number.NaN) - (scores[REFERENCE]?.[measure] ?? Number.NaN),
      )
      const [mean, error] = meanAndError(differences)
      return table === REFERENCE
        ? meanAndError(list.map((scores) => scores[table]?.[measure] ?? Number.NaN))[0].toFixed(1)
        : `${mean.toFixed(2)} ± ${error.toFixed(2)}`
    })
  console.log(`| setting | ${tables.join(' | ')} |\n|${'---|'.repeat(tables.length + 1)}`)
  for (const [name, list] of settings) console.log(`| ${name} | ${row(list).join(' | ')} |`)
  const overall = row(Array.from({ length: KEYS }, (_, key) => meanOver(settings, tables, key)))
  console.log(`| all | ${overall.join(' | ')} |`)
}

/** Returns the scores of one key averaged over the settings, which share clips and are not independent. */
function meanOver(
  settings: readonly (readonly [string, Scores[]])[],
  tables: readonly string[],
  key: number,
): Scores {
  const mean = (table: string, measure: keyof Score) =>
    meanAndError(settings.map(([, list]) => list[key]?.[table]?.[measure] ?? Number.NaN))[0]
  return Object.fromEntries(
    tables.map((table) => [
      table,
      { accuracy: mean(table, 'accuracy'), logLoss: mean(table, 'logLoss') },
    ]),
  )
}

/** Returns the scores of every table for each key, and prints the mean fitted table. */
function measured({ name, clips: makeClips, thresholds, size }: Setting): Scores[] {
  const own: GradeTable[] = []
  const scores = Array.from({ length: KEYS }, (_, key) => {
    const clips = makeClips(key)
    const split = splitOf(clips, thresholds, size, key)
    const table = fittedTable(split.tuning)
    own.push(table)
    const scored = Object.entries({ ...TABLES, [FITTED]: table }).map(
      ([label, grades]) =>
        [label, scoreOf(fitted(clips, split, grades), clips, split.test)] as const,
    )
    return Object.fromEntries(scored)
  })
  const mean = (of: keyof GradeTable) => meanAndError(own.map((table) => table[of]))[0].toFixed(2)
  console.log(`- ${name}: ${mean('muchBetter')} / ${mean('better')}`)
  return scores
}

const played = jumppadClips(CLIPS, 1)
const CLIP_MAKERS = {
  linear: (key: number) => linearClips(CLIPS, splitKey(rootKey(key), 'graded-clips')),
  jumppad: () => played,
}
const settings: Setting[] = Object.entries(CLIP_MAKERS).flatMap(([kind, clips]) =>
  Object.entries(RATERS).flatMap(([rater, thresholds]) =>
    SIZES.map((size) => ({ name: `${kind}, ${rater}, ${size} pairs`, clips, thresholds, size })),
  ),
)
console.log(
  `Mean ± standard error over ${KEYS} keys.\n\nMean fitted tables (much better / better):\n`,
)
const results = settings.map((setting) => [setting.name, measured(setting)] as const)
for (const [title, measure] of Object.entries(MEASURES)) {
  console.log(`\nDifference from ${REFERENCE} in ${title}; for ${REFERENCE}, the value itself:\n`)
  report(measure, results)
}
