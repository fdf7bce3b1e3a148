import { z } from 'zod'
import type { Device } from '../../runtime/index.ts'
import type { AgentPools } from '../align/pools.ts'
import { oneSentence } from '../errors.ts'
import type { StageCache } from '../stage-cache.ts'
import type { Cell, CellOutcome } from './cell.ts'
import type { CellRunner } from './runner.ts'

/** What a cell works with on the machine that computes it. */
export interface CellWork {
  readonly device: Device
  readonly threads: number
  /** Rollouts of agents, shared with the cells before. */
  readonly pools: AgentPools
  /** Cache of the stages within a cell: an interrupted cell resumes there, and cells share stages. */
  readonly stages: StageCache
  /** Returns the path of an input's file. */
  input(name: string): string
}

/** What a cell has made. */
export interface CellProduct {
  /** Result as JSON, which must not contain times or anything else that differs between two runs. */
  readonly value: unknown
  /** Paths of the model files that other cells may read, by name. */
  readonly models?: Readonly<Record<string, string>>
  /** Wall-clock time of the training alone, seconds. */
  readonly trainingSeconds: number
}

/** One kind of cell, for machines that compute cells. */
export interface CellKind {
  readonly name: string
  compute(work: CellWork, parameters: unknown): Promise<CellProduct>
}

/** What somebody who asks for a cell receives. */
export interface CellAnswer<Value> extends Omit<CellOutcome, 'value'> {
  readonly value: Value
}

interface KindDefinition<Parameters, Value> {
  readonly name: string
  readonly parameters: z.ZodType<Parameters>
  readonly value: z.ZodType<Value>
  /** Returns a short title that tells the cells of a sweep apart. */
  title(parameters: Parameters): string
  compute(work: CellWork, parameters: Parameters): Promise<CellProduct & { readonly value: Value }>
}

/** Kind of cell with typed parameters and values; both are validated, as they may come from others. */
export class TypedKind<Parameters, Value> implements CellKind {
  readonly #definition: KindDefinition<Parameters, Value>

  constructor(definition: KindDefinition<Parameters, Value>) {
    this.#definition = definition
  }

  get name(): string {
    return this.#definition.name
  }

  async compute(work: CellWork, parameters: unknown): Promise<CellProduct> {
    const read = this.#definition.parameters.safeParse(parameters)
    if (!read.success) throw new Error(`The cell's parameters are damaged: ${problem(read.error)}`)
    const product = await this.#definition.compute(work, read.data)
    // A number that is not finite would be read as null from JSON, and kept as a result.
    const { error } = this.#definition.value.safeParse(product.value)
    if (error !== undefined) throw new Error(`The cell has no valid result: ${problem(error)}`)
    return product
  }

  /** Asks a runner for the cell with these parameters and inputs, the latter as digests. */
  async ask(
    runner: CellRunner,
    parameters: Parameters,
    inputs: Readonly<Record<string, string>> = {},
  ): Promise<CellAnswer<Value>> {
    const { name, title, value } = this.#definition
    const { threads, version } = runner
    const cell: Cell = {
      ...{ kind: name, title: title(parameters), parameters },
      ...{ inputs, threads, version },
    }
    const outcome = await runner.run(cell)
    const read = value.safeParse(outcome.value)
    if (read.success) return { ...outcome, value: read.data }
    throw new Error(
      `The result of "${cell.title}" is damaged: ${problem(read.error)}; delete it and run the command again`,
    )
  }
}

function problem(error: z.ZodError): string {
  return oneSentence(z.prettifyError(error))
}
