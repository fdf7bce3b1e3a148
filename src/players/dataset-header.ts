/** What a data set's file says about itself, and the checks that it must pass. */
import { WORLD_VERSION } from '../island/index.ts'
import { BRANCHES, DATASET_VERSION, type Dataset } from './dataset.ts'
import { type HabitName, isHabitName } from './habits.ts'

/** What a file says about itself. */
export interface DatasetHeader extends Omit<Dataset, 'episodes'> {
  readonly episodes: number
  readonly decisions: number
  readonly habits: readonly HabitName[]
  /** Digest of all records. */
  readonly digest: string
}

/** The header in what was read as JSON. Throws an Error where it isn't one that can be used. */
export function checkedHeader(header: unknown): DatasetHeader {
  const { version, worldVersion, population, key, episodes, decisions, habits, digest } =
    asRecord(header)
  if (version !== DATASET_VERSION) {
    fail(`found version ${version}, expected ${DATASET_VERSION}`, 'it is from another release')
  }
  if (worldVersion !== WORLD_VERSION) {
    fail(`found world version ${worldVersion}, expected ${WORLD_VERSION}`, 'its paths are not ours')
  }
  const people = asRecord(population)
  const { seed, branch } = asRecord(key)
  return {
    version,
    worldVersion,
    population: {
      name: checked('population name', people.name, isText),
      version: checked('population version', people.version, isCount),
    },
    key: {
      seed: checked('seed', seed, isInteger),
      branch: checked('branch', branch, isBranch),
    },
    episodes: checked('number of episodes', episodes, isCount),
    decisions: checked('number of decisions', decisions, isCount),
    habits: checked('habits', habits, isHabitList),
    digest: checked('digest', digest, isText),
  }
}

function checked<T>(name: string, value: unknown, isRight: (value: unknown) => value is T): T {
  if (isRight(value)) return value
  return fail(`found ${JSON.stringify(value)} as its ${name}`, 'the file is damaged')
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isInteger = (value: unknown): value is number => Number.isSafeInteger(value)
const isCount = (value: unknown): value is number => isInteger(value) && value >= 0
const isBranch = (value: unknown): value is (typeof BRANCHES)[number] =>
  BRANCHES.some((branch) => branch === value)
const isHabitList = (value: unknown): value is HabitName[] =>
  Array.isArray(value) && value.every((name) => isText(name) && isHabitName(name))

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null) return { ...value }
  return fail(`found ${JSON.stringify(value)} in place of a record`, 'the file is damaged')
}

/** Throws the Error of a file that cannot be read. */
export function fail(found: string, reason = 'the file is damaged'): never {
  throw new Error(
    `The data set cannot be read: ${found}; ${reason}. Load another file or play the set again.`,
  )
}
