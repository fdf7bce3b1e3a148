import { readModelFile } from '../evaluate.ts'
import type { Cell, CellOutcome, CodeVersion } from './cell.ts'
import type { CellMachine } from './machine.ts'
import { AskedCells, type CellRunner } from './runner.ts'

/** Computes cells on this machine, one after the other. */
export class LocalRunner implements CellRunner {
  readonly atOnce = 1
  readonly threads: number
  readonly version: CodeVersion
  readonly #machine: CellMachine
  readonly #asked = new AskedCells()
  #last: Promise<unknown> = Promise.resolve()

  constructor(machine: CellMachine, threads: number, version: CodeVersion) {
    this.#machine = machine
    this.threads = threads
    this.version = version
  }

  get seconds(): number {
    return this.#asked.seconds
  }

  async provide(path: string): Promise<string> {
    return this.#machine.models.add(await readModelFile(path))
  }

  run(cell: Cell): Promise<CellOutcome> {
    return this.#asked.once(cell, () => {
      const outcome = this.#last.then(() => this.#machine.compute(cell))
      this.#last = outcome.catch(() => undefined)
      return outcome
    })
  }

  close(): Promise<void> {
    return this.#machine.close()
  }
}
