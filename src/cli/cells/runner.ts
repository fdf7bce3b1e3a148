import { type Cell, type CellOutcome, type CodeVersion, cellId } from './cell.ts'

/** Has cells computed, by this machine or by others. */
export interface CellRunner {
  /** Number of cells worth asking for at once. */
  readonly atOnce: number
  readonly threads: number
  readonly version: CodeVersion
  /** Wall-clock time of all cells asked for, when they were computed, in seconds. */
  readonly seconds: number
  /** Makes a model file available to cells; returns its SHA-256 digest. */
  provide(path: string): Promise<string>
  run(cell: Cell): Promise<CellOutcome>
  close(): Promise<void>
}

/** Outcomes of the cells asked for in one command, so that a cell that several ask for is one. */
export class AskedCells {
  readonly #outcomes = new Map<string, Promise<CellOutcome>>()
  #seconds = 0

  get seconds(): number {
    return this.#seconds
  }

  once(cell: Cell, run: (id: string) => Promise<CellOutcome>): Promise<CellOutcome> {
    const id = cellId(cell)
    const asked = this.#outcomes.get(id)
    if (asked !== undefined) return asked
    const outcome = run(id).then((found) => {
      this.#seconds += found.seconds
      return found
    })
    this.#outcomes.set(id, outcome)
    return outcome
  }
}

/**
 * Yields what `run` makes of each item, in the items' order, while up to `atOnce` are running. After
 * a failure it starts no more, waits for those that are running, and throws.
 */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  run: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const started: Promise<Result>[] = []
  const startUpTo = (count: number) => {
    for (const item of items.slice(started.length, count)) {
      const result = run(item)
      // Awaited below, in order: a later one may fail first.
      result.catch(() => undefined)
      started.push(result)
    }
  }
  try {
    for (let index = 0; index < items.length; index++) {
      startUpTo(index + atOnce)
      const result = started[index]
      if (result !== undefined) yield await result
    }
  } finally {
    await Promise.allSettled(started)
  }
}

/** Resolves to everything that `inOrder` yields. */
export async function allInOrder<Item, Result>(
  ...[items, atOnce, run]: Parameters<typeof inOrder<Item, Result>>
): Promise<Result[]> {
  const results: Result[] = []
  for await (const result of inOrder(items, atOnce, run)) results.push(result)
  return results
}
