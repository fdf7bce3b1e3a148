/** Walking along shortest paths: waypoints are updated now and then, the camera follows. */

import { atan2 } from '../island/exact.ts'
import { distance, isClear, type JumppadName, Navigator, type Point } from '../island/index.ts'
import type { Activity, ActivityStep, Person } from './activity.ts'
import { AutoregressiveNoise } from './autoregressive-noise.ts'
import type { Percept } from './delayed-observer.ts'
import type { Intention } from './hands.ts'
import { jumppadNamed, navigatorToJumppad, wayTo } from './places.ts'

/** Manner of walking; omitted fields take their defaults. */
export interface WalkingStyle {
  /** Tilt of the left stick, 0…1; 1 by default. */
  readonly pace?: number
  /** Period of hops in decisions; by default only the hops for fun occur. */
  readonly hopEvery?: number
  /** Period of attack swings in decisions; none by default. */
  readonly swingEvery?: number
  /** Distance in metres at which the place counts as reached; 0.7 by default. */
  readonly reach?: number
}

/** Distance in metres to a waypoint below which the next one is looked up. */
const BEND_AHEAD = 1.1

/** Maximum aiming error at a jumppad, in metres per axis; large enough to miss its disc. */
const WORST_AIM = 2.2

/** Autocorrelation of heading drift from one decision to the next: it lasts for a second or two. */
const DRIFT_MEMORY = 0.93

/** The activity of walking to one place. */
class Walk implements Activity {
  readonly #person: Person
  readonly #navigator: Navigator
  readonly #gait: WalkingStyle
  /** Final point, and current waypoint on the way to it. */
  #aim: Point
  #waypoint: Point | undefined
  #age = 0
  readonly #drift: AutoregressiveNoise
  #decision = 0

  constructor(person: Person, navigator: Navigator, aim: Point, gait: WalkingStyle) {
    this.#person = person
    this.#navigator = navigator
    this.#aim = aim
    this.#gait = gait
    this.#drift = new AutoregressiveNoise(DRIFT_MEMORY, person.random)
  }

  act(known: Percept, intention: Intention): boolean {
    const { x, z } = known
    if (distance(x, z, this.#aim) < (this.#gait.reach ?? 0.7)) return false
    const waypoint = this.#think(x, z)
    const drift = this.#person.traits.drift * this.#drift.next()
    intention.heading = atan2(x - waypoint.x, z - waypoint.z) + drift
    intention.pace = this.#gait.pace ?? 1
    this.#play(intention)
    return true
  }

  /** Changes the final point to another one near it. */
  aimAt(aim: Point): void {
    this.#aim = aim
    this.#waypoint = undefined
  }

  #think(x: number, z: number): Point {
    const { rethink, comfort } = this.#person.traits
    const old = this.#waypoint
    this.#age += 1
    if (old && this.#age < rethink && distance(x, z, old) > BEND_AHEAD) return old
    this.#age = 0
    const next = wayTo(this.#navigator, x, z, comfort)
    const waypoint = next === this.#navigator.target ? this.#aim : next
    this.#waypoint = waypoint
    return waypoint
  }

  /** Adds hops and swings, periodic by the gait or random. */
  #play(intention: Intention): void {
    const { hopEvery, swingEvery } = this.#gait
    const { traits, random } = this.#person
    this.#decision += 1
    if (hopEvery !== undefined) intention.jump = this.#decision % hopEvery === 0
    else if (traits.bounce > 0) intention.jump = random.chance(traits.bounce)
    if (swingEvery !== undefined) intention.attack = this.#decision % swingEvery === 0
  }
}

/** Returns a step that walks to a place. */
export function goTo(place: Point, gait: WalkingStyle = {}): ActivityStep {
  return (person) => {
    const navigator = new Navigator(person.world, place.x, place.z)
    // A place in the sea or in an obstacle is replaced by a clear point near it.
    const aim = isClear(person.world, place.x, place.z) ? place : navigator.target
    return new Walk(person, navigator, aim, gait)
  }
}

/**
 * Returns a step that walks to a jumppad and, whenever it misses, aims again with half the error.
 */
export function goToJumppad(name: JumppadName, gait: WalkingStyle = {}): ActivityStep {
  return (person) => {
    let error = person.traits.aimError
    const aim = () => {
      const place = roughly(jumppadNamed(person.world, name), error, person)
      error /= 2
      return place
    }
    const walk = new Walk(person, navigatorToJumppad(person.world, name), aim(), gait)
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
