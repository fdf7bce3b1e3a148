/**
 * Share of true answers that Dawid–Skene recovers beyond the majority, for simulated raters and by the
 * settings of the fit. Prints Markdown.
 *
 * Run with `npx tsx bench/aggregation.ts`; `KEYS=5` uses fewer repetitions.
 */
import { rootKey } from '../src/island/index.ts'
import { aggregate } from '../src/study/statistics/aggregate.ts'
import { DAWID_SKENE_SETTINGS } from '../src/study/statistics/dawid-skene.ts'
import { TWO_WAY_SCALE } from '../src/study/statistics/ratings.ts'
import { simulateRatings } from '../src/study/statistics/testing/simulated-raters.ts'

const KEYS = Number(process.env.KEYS ?? 40)
const SMOOTHINGS = [0, 0.1, 0.5, 1, 2, 4]

interface Study {
  readonly name: string
  readonly items: number
  readonly votes: number
  /** Probability with which each rater is right. */
  readonly skills: readonly number[]
}

const raters = (count: number, skill: number) => new Array<number>(count).fill(skill)

const STUDIES: readonly Study[] = [
  {
    name: '3 good raters, 4 who guess',
    items: 200,
    votes: 5,
    skills: [0.95, 0.9, 0.9, ...raters(4, 0.5)],
  },
  { name: '5 equal raters', items: 100, votes: 3, skills: raters(5, 0.8) },
  { name: '5 equal raters', items: 30, votes: 3, skills: raters(5, 0.8) },
  { name: '20 equal raters', items: 200, votes: 3, skills: raters(20, 0.8) },
  {
    name: '15 good raters, 5 who guess',
    items: 200,
    votes: 3,
    skills: [...raters(15, 0.85), ...raters(5, 0.5)],
  },
  {
    name: '25 good raters, 5 who guess',
    items: 400,
    votes: 3,
    skills: [...raters(25, 0.85), ...raters(5, 0.5)],
  },
]

/** Returns the gain over the majority in percentage points, with its standard error over the keys. */
function gain({ items, votes, skills }: Study, smoothing: number, symmetric: boolean): string {
  const settings = { ...DAWID_SKENE_SETTINGS, smoothing, symmetric }
  const gains = Array.from({ length: KEYS }, (_, seed) => {
    const { ratings, truths } = simulateRatings(items, votes, skills, rootKey(seed))
    const right = (method: 'majority' | 'dawid-skene') =>
      aggregate(ratings, TWO_WAY_SCALE, method, settings).filter(
        ({ item, preference }) => Math.round(preference) === truths.get(item),
      ).length
    return (100 * (right('dawid-skene') - right('majority'))) / items
  })
  const mean = gains.reduce((sum, x) => sum + x, 0) / KEYS
  const squares = gains.reduce((sum, x) => sum + (x - mean) ** 2, 0)
  return `${mean.toFixed(1)} ± ${Math.sqrt(squares / (KEYS - 1) / KEYS).toFixed(1)}`
}

console.log(`Percentage points, mean ± standard error over ${KEYS} keys, by smoothing:\n`)
console.log(`| raters | items | votes | sides alike | ${SMOOTHINGS.join(' | ')} |`)
console.log(`|${'---|'.repeat(4 + SMOOTHINGS.length)}`)
for (const study of STUDIES) {
  for (const symmetric of [true, false]) {
    const { name, items, votes } = study
    const gains = SMOOTHINGS.map((smoothing) => gain(study, smoothing, symmetric))
    console.log(
      `| ${name} | ${items} | ${votes} | ${symmetric ? 'yes' : 'no'} | ${gains.join(' | ')} |`,
    )
  }
}
