/** Policy for one island: a network that runs on a device. */
import { actionProbabilities, PolicyRunner, sampleAction } from '../../alignment/index.ts'
import { HEAD_SIZES, type Key, RandomStream, rootKey } from '../../island/index.ts'
import type { Network } from '../../network/index.ts'
import type { Device } from '../../runtime/index.ts'
import type { Policy, PolicyAction } from './policy.ts'

export class NetworkPolicy implements Policy {
  readonly #runner: PolicyRunner
  #key = rootKey(0)
  #random = new RandomStream(this.#key)
  #temperature = 1

  private constructor(runner: PolicyRunner) {
    this.#runner = runner
  }

  /** Loads a policy network. */
  static async load(device: Device, network: Network): Promise<NetworkPolicy> {
    return new NetworkPolicy(await PolicyRunner.create(device, network, 1))
  }

  reset(key: Key, temperature: number): void {
    this.#key = key
    this.#temperature = temperature
    this.rewind(0)
  }

  rewind(decisions: number): void {
    this.#runner.reset(0, decisions)
    this.#random = new RandomStream(this.#key)
    // Each decision draws one number per head, whichever action is then played.
    for (let draw = 0; draw < decisions * HEAD_SIZES.length; draw++) this.#random.uniform()
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
