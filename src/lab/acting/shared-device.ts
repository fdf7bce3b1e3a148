/** Device shared by all agents and reward models of a worker; opened on first use. */

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

  /** `clock` returns milliseconds, from any origin. */
  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** Open device; undefined if there is none or it was lost. */
  get device(): OpenDevice | undefined {
    return this.#open?.lost ? undefined : this.#open
  }

  /**
   * Returns the device for `choice`, after closing one of another choice even if that is in use. `auto`
   * is calibrated with `model`, a step graph of a network of `size`.
   */
  acquire(choice: DeviceChoice, model: Uint8Array, size: NetworkSize): Promise<OpenDevice> {
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
