/** What a person knows of the island while acting: what was to be seen a moment ago. */
import { wrapAngle } from '../island/exact.ts'
import type { IslandState } from '../island/index.ts'

/** What people go by. Metres and radians, as in IslandState. */
export interface Percept {
  x: number
  z: number
  cameraYaw: number
  cameraPitch: number
  /** Seconds left of the swing under way. */
  attack: number
  swims: number
}

function perceptOf(state: IslandState): Percept {
  const { x, z, cameraYaw, cameraPitch, attack, swims } = state
  return { x, z, cameraYaw, cameraPitch, attack, swims }
}

/**
 * Sees with a lag, and foresees a share of what has happened since: the effect of one's own hands.
 * A fall into the sea cannot be foreseen and is noticed when it is seen.
 */
export class Eyes {
  readonly #foresight: number
  /** The latest states, newest at #at; as many as the lag and one. */
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

  /** lag in decisions; foresight from 0, none, to 1, as if there were no lag. */
  constructor(lag: number, foresight: number) {
    this.#foresight = foresight
    this.#seen = new Array(lag + 1)
  }

  /** Takes in the state of now, and returns what is known; the same object each time. */
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
