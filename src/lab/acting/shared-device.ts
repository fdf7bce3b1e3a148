/** The one device that all agents and reward models of a worker share: opened when first asked for. */

import type { NetworkSize } from '../../network/index.ts'
import { SerialQueue } from '../../runtime/index.ts'
import { createWasmDevice } from '../../runtime-web/index.ts'
import type { DeviceChoice } from '../worker/choices.ts'
import { type ChosenDevice, openDevice } from '../worker/device-policy.ts'
import { stepFeeds } from '../worker/step-feeds.ts'

export interface OpenDevice extends ChosenDevice {
  readonly choice: DeviceChoice
  lost: boolean
}

export class SharedDevice {
  readonly #clock: () => number
  readonly #queue = new SerialQueue()
  #open: OpenDevice | undefined

  /** `clock` is in milliseconds, from any origin. */
  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** The device that is open now, unless it was lost. */
  get device(): OpenDevice | undefined {
    return this.#open?.lost ? undefined : this.#open
  }

  /** The device of this choice; one of another choice is closed, whoever is using it. */
  deviceFor(choice: DeviceChoice, model: Uint8Array, size: NetworkSize): Promise<OpenDevice> {
    return this.#queue.add(async () => {
      const { device } = this
      if (device?.choice === choice) return device
      const before = this.#open
      this.#open = undefined
      await before?.device.close().catch(() => undefined)
      const chosen = await openDevice(choice, {
        openWasm: createWasmDevice,
        calibrations: () => [{ model, feeds: stepFeeds(size, 1) }],
        clock: this.#clock,
      })
      const opened: OpenDevice = { ...chosen, choice, lost: false }
      void chosen.device.lost.then(() => {
        opened.lost = true
      })
      this.#open = opened
      return opened
    })
  }
}
