import { damaged } from './errors.ts'
import { isTexts } from './npy.ts'
import type { Columns } from './npz-columns.ts'

/** Takes arrays by name; each method throws an ArchiveError where an array is not as expected. */
export class ColumnReader {
  readonly #columns: Columns
  readonly #taken = new Set<string>()

  constructor(columns: Columns) {
    this.#columns = columns
  }

  /** Texts; as many as `length`, where it is given. */
  texts(name: string, length?: number): readonly string[] {
    const values = this.#take(name)
    if (!isTexts(values)) return damaged(`its array "${name}" holds numbers, expected texts`)
    if (length !== undefined && values.length !== length) return this.#wrong(name, values, length)
    return values
  }

  /** Numbers of any kind, of which none is rounded. */
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

  /** Whole numbers from `least` to `most`. */
  integers(name: string, length: number, least: number, most: number): readonly number[] {
    const numbers = this.numbers(name, length)
    const wrong = numbers.find((n) => !(Number.isInteger(n) && n >= least && n <= most))
    if (wrong === undefined) return numbers
    return damaged(
      `its array "${name}" holds ${wrong}, expected whole numbers from ${least} to ${most}`,
    )
  }

  /** The names that a column's places stand for; undefined for a place outside the list. */
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
      return damaged(`its array "${name}" holds no JSON`)
    }
  }

  /** Throws where there are arrays that nobody asked for: they would be lost without a word. */
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
