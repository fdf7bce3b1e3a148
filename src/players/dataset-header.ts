/** Header of a data set file, and its validation. */
import { WORLD_VERSION } from '../island/index.ts'
import { BRANCHES, DATASET_VERSION, type Dataset } from './dataset.ts'
import { type HabitName, isHabitName } from './habits.ts'

/** Metadata stored at the start of a data set file. */
export interface DatasetHeader extends Omit<Dataset, 'episodes'> {
  readonly episodes: number
  readonly decisions: number
  readonly habits: readonly HabitName[]
  /** Digest of the bytes of all records. */
  readonly digest: string
}

/** Validates parsed JSON as a header. Throws an Error if malformed or of another version. */
export function checkedHeader(header: unknown): DatasetHeader {
  const { version, worldVersion, population, key, episodes, decisions, habits, digest } =
    asRecord(header)
  if (version !== DATASET_VERSION) {
    fail(`found version ${version}, expected ${DATASET_VERSION}`, 'it is from another release')
  }
  if (worldVersion !== WORLD_VERSION) {
    fail(
      `found world version ${worldVersion}, expected ${WORLD_VERSION}`,
      'its paths are from another world',
    )
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

/** Throws an Error that says why a file cannot be read. */
export function fail(found: string, reason = 'the file is damaged'): never {
  throw new Error(
    `The data set cannot be read: ${found}; ${reason}. Load another file or generate the data set again.`,
  )
}
