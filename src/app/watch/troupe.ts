/** The agents of the page and the worker they act in: opened as the address names them. */

import { type ActingConnection, connectActingWorker } from '../../lab/acting/connect.ts'
import type { OpenedModel } from '../../lab/acting/protocol.ts'
import type { DeviceChoice } from '../../lab/worker/choices.ts'
import { ModelError } from '../../lab/worker/errors.ts'
import { type Candidate, currentCandidates, findCandidate } from '../data/candidates.ts'
import { loadModels, useCatalogue } from '../data/catalogue.ts'
import { loadShelf } from '../data/shelf.ts'
import { createLane, live } from '../stores/live.ts'
import { patchAgent, unknownAgent, useWatch } from '../stores/watch.ts'
import { currentWatchSettings, namesOf } from '../stores/watch-settings.ts'
import { Slot } from './slot.ts'

export interface TroupeEvents {
  onError(slot: Slot, error: unknown): void
  onReopened(opened: OpenedModel): void
}

export class Troupe {
  readonly #events: TroupeEvents
  #connection: ActingConnection | undefined
  #device: DeviceChoice = 'auto'
  readonly #shelf = loadShelf()
  /** Grows whenever agents are asked for; an older answer is dropped. */
  #asked = 0
  slots: readonly Slot[] = []

  constructor(events: TroupeEvents) {
    this.#events = events
  }

  get connection(): ActingConnection {
    this.#connection ??= connectActingWorker((error) => this.#lose(error))
    return this.#connection
  }

  /** Ends the worker. */
  end(): void {
    this.#asked++
    this.#connection?.end()
    this.#connection = undefined
  }

  /** Forgets everybody, so that all are opened anew. */
  dismiss(): void {
    this.end()
    this.slots = []
  }

  /**
   * Opens whom the address names and keeps whom it named before. Resolves, once all are there or
   * somebody stands in for them, to whether nobody else was asked for meanwhile.
   */
  async assemble(): Promise<boolean> {
    const asked = ++this.#asked
    const { model, device, seed, start } = currentWatchSettings()
    if (device !== this.#device) this.slots = []
    this.#device = device
    const names = namesOf(model)
    const before = useWatch.getState().agents
    const old = this.slots
    this.slots = names.map((name, index) => this.#slotFor(name, index, old))
    // An agent that is replaced while it thinks must not ask its worker for the next decision.
    for (const slot of old) if (!this.slots.includes(slot)) slot.stop()
    for (const gone of old.slice(names.length)) gone.retire(this.connection.agent(gone.index))
    live.lanes.splice(names.length)
    useWatch.setState(({ focus }) => ({
      agents: this.slots.map((slot) => {
        const known = before[slot.index]
        return old.includes(slot) && known ? known : unknownAgent(slot.name, seed, start)
      }),
      focus: Math.min(focus, names.length - 1),
    }))
    const fresh = this.slots.filter((slot) => !old.includes(slot))
    for (const slot of fresh) slot.ready = this.#open(slot, device)
    await Promise.all(this.slots.map(({ ready }) => ready))
    return asked === this.#asked
  }

  #slotFor(name: string, index: number, old: readonly Slot[]): Slot {
    const known = old[index]
    if (known?.name === name) return known
    live.lanes[index] ??= createLane()
    const slot: Slot = new Slot(index, name, live.lanes[index], {
      onError: (error) => this.#events.onError(slot, error),
      onReopened: (opened) => this.#events.onReopened(opened),
    })
    return slot
  }

  async #open(slot: Slot, device: DeviceChoice): Promise<void> {
    try {
      const candidate = await this.#find(slot.name)
      await slot.open(candidate, this.connection.agent(slot.index), device)
    } catch (error) {
      await slot.standIn(error)
    }
  }

  async #find(name: string): Promise<Candidate> {
    if (!useCatalogue.getState().models) useWatch.setState({ waitingFor: 'the list of models' })
    await loadModels()
    useWatch.setState({ waitingFor: 'the agent' })
    // A shipped model does not wait until the shelf was read.
    if (!findCandidate(currentCandidates(), name)) await this.#shelf
    const found = findCandidate(currentCandidates(), name)
    if (found) return found
    const names = currentCandidates('policy').map((each) => each.name)
    throw new ModelError(
      `There is no model “${name}”: this site has ${names.join(', ') || 'none'}. Choose one.`,
    )
  }

  /** The worker is gone, and with it whatever it was asked. */
  #lose(error: Error): void {
    this.end()
    for (const slot of this.slots) this.#events.onError(slot, error)
    for (const [index] of this.slots.entries()) patchAgent(index, { opened: undefined })
  }
}
