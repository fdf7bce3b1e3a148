import { readFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { Device } from '../../runtime/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { AgentPools } from '../align/pools.ts'
import { StageCache } from '../stage-cache.ts'
import { type Cell, type CellOutcome, cacheId } from './cell.ts'
import type { CellKind, CellProduct } from './kind.ts'
import type { ModelFolder } from './model-folder.ts'

/** Name of this machine's processor. */
export const PROCESSOR = cpus()[0]?.model.trim() ?? 'unknown processor'

interface OpenDevice {
  readonly threads: number
  readonly device: Device
  readonly pools: AgentPools
}

/** Computes cells on this machine, one at a time. Finished cells are cached in its folder. */
export class CellMachine {
  readonly models: ModelFolder
  readonly #cache: StageCache
  readonly #kinds: readonly CellKind[]
  #open: OpenDevice | undefined

  constructor(folder: string, models: ModelFolder, kinds: readonly CellKind[]) {
    this.#cache = StageCache.in(folder)
    this.models = models
    this.#kinds = kinds
  }

  async compute(cell: Cell): Promise<CellOutcome> {
    const id = cacheId(cell)
    const { value: outcome } = await this.#cache.made({
      name: `${cell.title} ${id.slice(0, 12)}`,
      settings: id,
      make: () => this.#make(cell),
    })
    // Models of a cached cell may have been deleted since.
    const kept = await Promise.all(
      Object.values(outcome.models).map((digest) => this.models.has(digest)),
    )
    return kept.every(Boolean) ? outcome : this.#make(cell)
  }

  /** Frees the device. A cell that is being computed fails at its next step. */
  async close(): Promise<void> {
    await this.#open?.device.close()
    this.#open = undefined
  }

  async #make(cell: Cell): Promise<CellOutcome> {
    const kind = this.#kinds.find(({ name }) => name === cell.kind)
    if (kind === undefined) {
      const known = this.#kinds.map(({ name }) => name).join(', ')
      throw new Error(`There is no kind of cell named "${cell.kind}": expected one of ${known}`)
    }
    const begun = performance.now()
    const { threads } = cell
    const { device, pools } = await this.#deviceOf(threads)
    const work = {
      ...{ device, threads, pools },
      // Another number of threads may change last digits, and so would a stage of such a cell.
      stages: StageCache.in(this.#cache.path(join('stages', `threads-${threads}`))),
      input: (name: string) => this.#input(cell, name),
    }
    const { value, models = {}, trainingSeconds } = await kind.compute(work, cell.parameters)
    return {
      // As others receive it, who read it from JSON.
      value: JSON.parse(JSON.stringify(value)),
      models: await this.#keep(models),
      seconds: (performance.now() - begun) / 1000,
      trainingSeconds,
      processor: PROCESSOR,
    }
  }

  #input({ title, inputs }: Cell, name: string): string {
    const digest = inputs[name]
    if (digest === undefined) throw new Error(`The cell "${title}" has no input named "${name}"`)
    return this.models.path(digest)
  }

  async #keep(models: NonNullable<CellProduct['models']>): Promise<Record<string, string>> {
    const kept: Record<string, string> = {}
    for (const [name, path] of Object.entries(models)) {
      kept[name] = await this.models.add(await readFile(path))
    }
    return kept
  }

  async #deviceOf(threads: number): Promise<OpenDevice> {
    if (this.#open?.threads === threads) return this.#open
    await this.close()
    const device = await createNativeDevice({ threads })
    this.#open = { threads, device, pools: new AgentPools(device) }
    return this.#open
  }
}
