import { damaged } from './errors.ts'
import { isTexts } from './npy.ts'
import type { Columns } from './npz-file.ts'

/** Reads arrays by name. Each method throws an ArchiveError if an array is not as expected. */
export class ColumnReader {
  readonly #columns: Columns
  readonly #taken = new Set<string>()

  constructor(columns: Columns) {
    this.#columns = columns
  }

  has(name: string): boolean {
    return this.#columns.has(name)
  }

  /** Returns texts; checks their number if `length` is given. */
  texts(name: string, length?: number): readonly string[] {
    const values = this.#take(name)
    if (!isTexts(values)) return damaged(`its array "${name}" holds numbers, expected texts`)
    if (length !== undefined && values.length !== length) return this.#wrong(name, values, length)
    return values
  }

  /** Returns `length` numbers of any type; throws if one cannot be represented exactly. */
  numbers(name: string, length: number): readonly number[] {
    const values = this.#take(name)
    if (isTexts(values)) return damaged(`its array "${name}" holds texts, expected numbers`)
    if (values.length !== length) return this.#wrong(name, values, length)
    const numbers = Array.from(values, Number)
    if (!(values instanceof BigInt64Array)) return numbers
    const place = numbers.findIndex((number) => !Number.isSafeInteger(number))
    if (place < 0) return numbers
    return damaged(`its array "${name}" holds ${values[place]}, which is too large to be exact`)
  }

  /** Returns `length` whole numbers from `least` to `most`. */
  integers(name: string, length: number, least: number, most: number): readonly number[] {
    const numbers = this.numbers(name, length)
    const wrong = numbers.find((n) => !(Number.isInteger(n) && n >= least && n <= most))
    if (wrong === undefined) return numbers
    return damaged(
      `its array "${name}" holds ${wrong}, expected whole numbers from ${least} to ${most}`,
    )
  }

  /**
   * Resolves a column's indices to names in the array `list`; an index outside of it, such as −1,
   * gives undefined.
   */
  names(name: string, list: string, length: number): readonly (string | undefined)[] {
    const names = this.texts(list)
    return this.integers(name, length, -1, 2 ** 31).map((place) => names[place])
  }

  json(name: string): unknown {
    const values = this.#take(name)
    if (!(values instanceof Uint8Array)) return damaged(`its array "${name}" holds no bytes`)
    try {
      return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(values))
    } catch {
      return damaged(`its array "${name}" is not valid JSON`)
    }
  }

  /** Throws if an array has not been read, because its data would be lost silently. */
  expectAllTaken(): void {
    const stranger = [...this.#columns.keys()].find((name) => !this.#taken.has(name))
    if (stranger !== undefined) damaged(`found an array "${stranger}" that Jumppad does not write`)
  }

  #take(name: string) {
    const column = this.#columns.get(name)
    if (column === undefined) return damaged(`its array "${name}" is missing`)
    this.#taken.add(name)
    return column.values
  }

  #wrong(name: string, { length }: { readonly length: number }, expected: number): never {
    return damaged(`its array "${name}" has ${length} elements, expected ${expected}`)
  }
}
