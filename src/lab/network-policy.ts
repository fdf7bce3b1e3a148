/** A network on a device as a policy for one island. */
import { actionProbabilities, PolicyRunner, sampleAction } from '../alignment/index.ts'
import { type Key, RandomStream, rootKey } from '../island/index.ts'
import type { NetworkSize } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import type { Policy, PolicyAction } from './policy.ts'

export class NetworkPolicy implements Policy {
  readonly #runner: PolicyRunner
  #random = new RandomStream(rootKey(0))
  #temperature = 1

  private constructor(runner: PolicyRunner) {
    this.#runner = runner
  }

  /** Loads `model`, an exported policy of a network of `size`. */
  static async load(device: Device, model: Uint8Array, size: NetworkSize): Promise<NetworkPolicy> {
    return new NetworkPolicy(await PolicyRunner.create(device, model, size, 1))
  }

  reset(key: Key, temperature: number): void {
    this.#runner.reset(0)
    this.#random = new RandomStream(key)
    this.#temperature = temperature
  }

  async act(frame: Uint8Array): Promise<PolicyAction> {
    this.#runner.frames.set(frame)
    const logits = await this.#runner.act(1)
    const { action } = sampleAction(logits, 0, this.#temperature, this.#random)
    return { action, probabilities: actionProbabilities(logits, 0, this.#temperature) }
  }

  close(): Promise<void> {
    return this.#runner.release()
  }
}
