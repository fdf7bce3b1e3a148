/** Going somewhere on the island: the way is thought over now and then, the camera looks along it. */

import { atan2 } from '../island/exact.ts'
import { distance, isClear, type JumppadName, Navigator, type Point } from '../island/index.ts'
import type { Activity, Person, Step } from './activity.ts'
import type { Percept } from './eyes.ts'
import type { Intention } from './hands.ts'
import { jumppadNamed, navigatorToJumppad, wayTo } from './places.ts'
import { Wavering } from './wavering.ts'

/** How somebody goes; all that is left out is as usual. */
export interface Gait {
  /** How far the stick is pushed, 0…1; usually 1. */
  readonly pace?: number
  /** Decisions from one hop to the next; usually there are none. */
  readonly hopEvery?: number
  /** Decisions from one swing at thin air to the next; usually there are none. */
  readonly swingEvery?: number
  /** Metres from the place at which it counts as reached. */
  readonly reach?: number
}

/** Metres from a turn of the way at which the next stretch is thought of. */
const BEND_AHEAD = 1.1

/** A jumppad is aimed at within this many metres of its middle; outside its disc it is missed. */
const WORST_AIM = 2.2

/** How much of a walk's drift is left in the next decision: it lasts for a second or two. */
const DRIFT_MEMORY = 0.93

/** Walking to one place. */
class Walk implements Activity {
  readonly #person: Person
  readonly #navigator: Navigator
  readonly #gait: Gait
  /** The place itself, and where to walk now on the way to it. */
  #aim: Point
  #waypoint: Point | undefined
  #age = 0
  readonly #drift: Wavering
  #decision = 0

  constructor(person: Person, navigator: Navigator, aim: Point, gait: Gait) {
    this.#person = person
    this.#navigator = navigator
    this.#aim = aim
    this.#gait = gait
    this.#drift = new Wavering(DRIFT_MEMORY, person.random)
  }

  act(known: Percept, intention: Intention): boolean {
    const { x, z } = known
    if (distance(x, z, this.#aim) < (this.#gait.reach ?? 0.7)) return false
    const waypoint = this.#think(x, z)
    const drift = this.#person.temperament.drift * this.#drift.next()
    intention.heading = atan2(x - waypoint.x, z - waypoint.z) + drift
    intention.pace = this.#gait.pace ?? 1
    this.#play(intention)
    return true
  }

  /** Makes for another place near the old one. */
  aimAt(aim: Point): void {
    this.#aim = aim
    this.#waypoint = undefined
  }

  #think(x: number, z: number): Point {
    const { rethink, comfort } = this.#person.temperament
    const old = this.#waypoint
    this.#age += 1
    if (old && this.#age < rethink && distance(x, z, old) > BEND_AHEAD) return old
    this.#age = 0
    const next = wayTo(this.#navigator, x, z, comfort)
    const waypoint = next === this.#navigator.target ? this.#aim : next
    this.#waypoint = waypoint
    return waypoint
  }

  /** Hops and swings, by the gait or for fun. */
  #play(intention: Intention): void {
    const { hopEvery, swingEvery } = this.#gait
    const { temperament, random } = this.#person
    this.#decision += 1
    if (hopEvery !== undefined) intention.jump = this.#decision % hopEvery === 0
    else if (temperament.bounce > 0) intention.jump = random.chance(temperament.bounce)
    if (swingEvery !== undefined) intention.attack = this.#decision % swingEvery === 0
  }
}

/** Walks to a place. */
export function goTo(place: Point, gait: Gait = {}): Step {
  return (person) => {
    const navigator = new Navigator(place.x, place.z)
    // A place in the sea or in an obstacle is as good as the one nearest to it.
    const aim = isClear(place.x, place.z) ? place : navigator.target
    return new Walk(person, navigator, aim, gait)
  }
}

/** Makes for a jumppad till it is touched, taking aim again, better, when it was missed. */
export function goToJumppad(name: JumppadName, gait: Gait = {}): Step {
  return (person) => {
    let error = person.temperament.aimError
    const aim = () => {
      const place = roughly(jumppadNamed(name), error, person)
      error /= 2
      return place
    }
    const walk = new Walk(person, navigatorToJumppad(name), aim(), gait)
    return {
      act(known, intention) {
        if (!walk.act(known, intention)) walk.aimAt(aim())
        return true
      },
    }
  }
}

function roughly(place: Point, error: number, { random }: Person): Point {
  const offset = () => Math.max(-WORST_AIM, Math.min(WORST_AIM, error * random.normal()))
  return { x: place.x + offset(), z: place.z + offset() }
}
