/** Players that share an order of episodes among several workers. */
import {
  type OpenPlayer,
  type PlayingPolicy,
  type PlayOrder,
  type PolicyPlayer,
  playersOn,
  type Rollout,
} from '../../alignment/index.ts'
import type { Device } from '../../runtime/index.ts'
import { connectWorker } from '../worker/connect.ts'
import type { Lifeline } from '../worker/lifeline.ts'
import type { PlayerWorker } from './host.ts'

/**
 * Number of episodes that a worker plays in lockstep. It is the same for any number of workers, so that
 * the batches of the network, on which the last digits of a result may depend, are too.
 */
const EPISODES_AT_ONCE = 16

/** Maximum number of workers: an update of reinforcement learning has four times `EPISODES_AT_ONCE`. */
const MOST_WORKERS = 4

/** Returns the number of workers for a number of CPU cores; 0 where one thread plays as fast. */
export function playerWorkers(cores: number): number {
  // One of more than two cores is left to the page for drawing.
  const free = cores > 2 ? cores - 1 : cores
  return free > 1 ? Math.min(MOST_WORKERS, free) : 0
}

export interface ConnectedPlayer extends Pick<Lifeline, 'end'> {
  readonly worker: PlayerWorker
}

/** Starts a worker that plays. Its calls reject if it cannot be loaded or dies. */
function connectPlayerWorker(): ConnectedPlayer {
  const thread = new Worker(new URL('./player.worker.ts', import.meta.url), {
    type: 'module',
    name: 'player',
  })
  return connectWorker<PlayerWorker>(thread, 'player')
}

/** Workers that play for one training; they are started when the first player is opened. */
export class PlayerPool {
  readonly #count: number
  readonly #connect: () => ConnectedPlayer
  #players: ConnectedPlayer[] | undefined

  constructor(count: number, connect: () => ConnectedPlayer = connectPlayerWorker) {
    this.#count = count
    this.#connect = connect
  }

  /**
   * Returns a function that opens players in the pool's workers. What a worker fails to play is played by
   * another one, and finally on `device`, so that the loss of a worker costs time but no result.
   */
  openOn(device: Device): OpenPlayer {
    return async (policy, islands) => {
      this.#players ??= Array.from({ length: this.#count }, () => this.#connect())
      await Promise.all(this.#players.map((player) => this.#open(player, policy, islands)))
      let own: Promise<PolicyPlayer> | undefined
      const onDevice = () => {
        own ??= playersOn(device)(policy, Math.min(EPISODES_AT_ONCE, islands))
        return own
      }
      return {
        play: async (theta, order) => {
          const { data } = await theta.download()
          if (!(data instanceof Float32Array)) {
            throw new Error(`Parameters of type ${theta.type} were given, expected float32`)
          }
          return this.#shared(order, data, async (part) => (await onDevice()).play(theta, part))
        },
        release: async () => (await own)?.release(),
      }
    }
  }

  end(): void {
    for (const player of this.#players ?? []) player.end()
    this.#players = undefined
  }

  async #open(player: ConnectedPlayer, policy: PlayingPolicy, islands: number): Promise<void> {
    try {
      await player.worker.open(policy, Math.min(EPISODES_AT_ONCE, islands))
    } catch {
      this.#drop(player)
    }
  }

  /** Plays an order in parts, each by the next worker that is free, or by `otherwise`. */
  async #shared(
    order: PlayOrder,
    theta: Float32Array,
    otherwise: (part: PlayOrder) => Promise<Rollout[]>,
  ): Promise<Rollout[]> {
    const parts = partsOf(order)
    const waiting = parts.map((_, index) => index)
    const played: Rollout[][] = []
    const work = async (player: ConnectedPlayer): Promise<void> => {
      for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
        const part = parts[index]
        if (part === undefined) continue
        try {
          played[index] = await player.worker.play(theta, part)
        } catch {
          waiting.unshift(index)
          this.#drop(player)
          return
        }
      }
    }
    await Promise.all((this.#players ?? []).map(work))
    for (const index of waiting) {
      const part = parts[index]
      if (part !== undefined) played[index] = await otherwise(part)
    }
    return played.flat()
  }

  #drop(player: ConnectedPlayer): void {
    player.end()
    this.#players = this.#players?.filter((each) => each !== player)
  }
}

/** Splits an order into parts of `EPISODES_AT_ONCE` episodes, whose random numbers are those of the whole. */
function partsOf(order: PlayOrder): PlayOrder[] {
  const { beginnings, first = 0 } = order
  const count = Math.ceil(beginnings.length / EPISODES_AT_ONCE)
  return Array.from({ length: count }, (_, part) => {
    const from = part * EPISODES_AT_ONCE
    return {
      ...order,
      beginnings: beginnings.slice(from, from + EPISODES_AT_ONCE),
      first: first + from,
    }
  })
}
