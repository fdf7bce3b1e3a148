import { encodeModel } from '../graph/index.ts'
import {
  type CachePlace,
  type ParameterLayout,
  preparationGraph,
  preparedName,
} from '../network/index.ts'
import {
  type Device,
  type DeviceTensor,
  type Feeds,
  keptOutput,
  type Program,
} from '../runtime/index.ts'

/** Prepared weights of parameters under training, on the device: inputs of a decision graph. */
export class PreparedParameters {
  readonly #program: Program
  #tensors: Readonly<Record<string, DeviceTensor>> = {}

  private constructor(program: Program) {
    this.#program = program
  }

  static async create(
    device: Device,
    layout: ParameterLayout,
    cache: CachePlace,
  ): Promise<PreparedParameters> {
    const model = encodeModel(preparationGraph(layout, cache))
    const keep = layout.slots.map(({ name }) => name)
    return new PreparedParameters(await device.load(model, { keep }))
  }

  /** Prepared weights; empty before the first `set`. */
  get feeds(): Feeds {
    return this.#tensors
  }

  /** Replaces the weights by those of `theta`. */
  async set(theta: DeviceTensor): Promise<void> {
    const outputs = await this.#program.run({ theta })
    this.#dispose()
    this.#tensors = Object.fromEntries(
      this.#program.kept.map((name) => [preparedName(name), keptOutput(outputs, name)]),
    )
  }

  async release(): Promise<void> {
    this.#dispose()
    await this.#program.release()
  }

  #dispose(): void {
    for (const tensor of Object.values(this.#tensors)) tensor.dispose()
    this.#tensors = {}
  }
}
