/** Perception model: the delayed and partly extrapolated state that a scripted player acts on. */
import { wrapAngle } from '../island/exact.ts'
import type { IslandState } from '../island/index.ts'

/** State as a player perceives it. Units as in IslandState. */
export interface Percept {
  x: number
  z: number
  cameraYaw: number
  cameraPitch: number
  /** Seconds left of the current attack swing. */
  attack: number
  swims: number
}

function perceptOf(state: IslandState): Percept {
  const { x, z, cameraYaw, cameraPitch, attack, swims } = state
  return { x, z, cameraYaw, cameraPitch, attack, swims }
}

/**
 * A delayed observer that anticipates a share of the change since then, as players predict the
 * effect of their own actions. A fall into the sea is not anticipated and is noticed only after the
 * lag.
 */
export class DelayedObserver {
  readonly #foresight: number
  /** Ring buffer of the last lag + 1 states, the newest at #at. */
  readonly #seen: Percept[]
  #at = 0
  #empty = true
  readonly #percept: Percept = {
    x: 0,
    z: 0,
    cameraYaw: 0,
    cameraPitch: 0,
    attack: 0,
    swims: 0,
  }

  /** Takes the lag in decisions, and foresight from 0 (none) to 1 (as if there were no lag). */
  constructor(lag: number, foresight: number) {
    this.#foresight = foresight
    this.#seen = new Array(lag + 1)
  }

  /** Records the current state and returns the percept, in the same object each time. */
  see(state: IslandState): Percept {
    const now = perceptOf(state)
    if (this.#empty) this.#seen.fill(now)
    this.#empty = false
    this.#at = (this.#at + 1) % this.#seen.length
    this.#seen[this.#at] = now
    const then = this.#seen[(this.#at + 1) % this.#seen.length] ?? now
    const share = then.swims === now.swims ? this.#foresight : 0
    const known = this.#percept
    known.x = then.x + share * (now.x - then.x)
    known.z = then.z + share * (now.z - then.z)
    const turned = wrapAngle(now.cameraYaw - then.cameraYaw)
    known.cameraYaw = wrapAngle(then.cameraYaw + share * turned)
    known.cameraPitch = then.cameraPitch + share * (now.cameraPitch - then.cameraPitch)
    known.attack = then.attack
    known.swims = then.swims
    return known
  }
}
