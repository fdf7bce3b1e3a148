/** Sweeps from the form: a draft with several seeds or methods makes a run of each combination. */
import { METHODS, TRAINING_KINDS } from '../../procedure/training/index.ts'
import type { TrainingKind } from '../../procedure/training/plan.ts'
import { countOf, whole } from '../ui/format.ts'
import type { Draft } from './draft.ts'

/** Maximum number of runs that one action adds to the queue. */
export const MOST_RUNS = 60

export type SeedsReading =
  | { readonly seeds: readonly number[]; readonly problem?: undefined }
  | { readonly seeds?: undefined; readonly problem: string }

/** Reads typed seeds: `7`, `1, 2, 3`, `1-5`, or a mixture. Each seed counts once; `largest` is the largest possible one. */
export function readSeeds(text: string, largest: number): SeedsReading {
  const seeds = new Set<number>()
  const terms = text.split(/[,;\s]+/).filter((term) => term !== '')
  for (const term of joined(terms)) {
    const [, low = '', high = low] = /^(\d{1,15})(?:[-–](\d{1,15}))?$/.exec(term) ?? []
    const [from, to] = [Number(low), Number(high)]
    if (low === '' || to > largest || from > to) {
      const range = `whole numbers from 0 to ${whole(largest)}`
      return { problem: `Found “${term}”, expected ${range}, such as 1, 2, 3 or 1-5.` }
    }
    if (to - from >= MOST_RUNS) return tooMany(to - from + 1, 'seed')
    for (let seed = from; seed <= to; seed++) seeds.add(seed)
  }
  if (seeds.size === 0) return { problem: 'Enter at least one seed, such as 1, or 1, 2, 3.' }
  return seeds.size > MOST_RUNS ? tooMany(seeds.size, 'seed') : { seeds: [...seeds] }
}

/** Joins the terms of ranges that are typed with spaces, as in `1 - 5`. */
function joined(terms: readonly string[]): string[] {
  return terms
    .join(' ')
    .replaceAll(/ ?([-–]) ?/g, '$1')
    .split(' ')
    .filter((term) => term !== '')
}

/** Returns the problem of too many seeds or runs. */
export function tooMany(found: number, what: 'seed' | 'run') {
  return {
    problem: `Found ${countOf(found, what)}, expected at most ${MOST_RUNS}: leave some out.`,
  }
}

/** Seeds of a draft whose field was emptied: nothing can be trained, not even the single seed. */
export const NO_SEEDS = ','

/** Returns the text of a draft's seeds: the list, or else the single seed. */
export function seedsText({ seed, seeds }: Pick<Draft, 'seed' | 'seeds'>): string {
  if (seeds === NO_SEEDS) return ''
  return seeds === '' ? String(seed) : seeds
}

/** Returns the methods that can be trained in one sweep with a method, as they learn from the same kind of data. */
export function methodsBeside(job: TrainingKind): TrainingKind[] {
  return TRAINING_KINDS.filter(
    (kind) => kind !== job && METHODS[kind].material === METHODS[job].material,
  )
}

/** Returns the methods of a draft, its main one first. */
export function methodsIn({ job, also }: Pick<Draft, 'job' | 'also'>): TrainingKind[] {
  const chosen = also.split(',')
  return [job, ...methodsBeside(job).filter((kind) => chosen.includes(kind))]
}
