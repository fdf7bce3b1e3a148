/** Shadow boxing: attack swings at imaginary opponents. */
import { atan2 } from '../island/exact.ts'
import { ALL_ROUND, distance, isWayClear, type Point } from '../island/index.ts'
import type { Activity, ActivityStep, Person } from './activity.ts'
import type { Percept } from './delayed-observer.ts'
import type { Intention } from './hands.ts'

/** Distances in metres at which imaginary opponents appear, and at which they are in reach. */
const NEAREST_FOE = 1.5
const FARTHEST_FOE = 4
const IN_REACH = 1.2

/** Range of the number of decisions per opponent. */
const SHORTEST_BOUT = 5
const LONGEST_BOUT = 14

class Bouts implements Activity {
  readonly #person: Person
  readonly #swingEvery: number
  #left: number
  #boutLeft = 0
  #foe: Point = { x: 0, z: 0 }

  constructor(person: Person, decisions: number) {
    this.#person = person
    this.#left = Math.round(decisions)
    this.#swingEvery = 3 + person.random.below(3)
  }

  act(known: Percept, intention: Intention): boolean {
    if (this.#left <= 0) return false
    if (this.#boutLeft <= 0) this.#meetFoe(known)
    intention.heading = atan2(known.x - this.#foe.x, known.z - this.#foe.z)
    intention.pace = distance(known.x, known.z, this.#foe) > IN_REACH ? 0.8 : 0
    intention.attack = this.#boutLeft % this.#swingEvery === 0
    this.#left -= 1
    this.#boutLeft -= 1
    return true
  }

  #meetFoe(known: Percept): void {
    const { random } = this.#person
    const far = random.range(NEAREST_FOE, FARTHEST_FOE)
    // Opponents appear on clear ground; after four failed attempts, the previous one stays.
    for (let attempt = 0; attempt < 4; attempt++) {
      const side = random.pick(ALL_ROUND)
      const foe = { x: known.x + far * side.x, z: known.z + far * side.z }
      if (isWayClear(this.#person.world, known.x, known.z, foe.x, foe.z)) {
        this.#foe = foe
        break
      }
    }
    this.#boutLeft = SHORTEST_BOUT + random.below(LONGEST_BOUT - SHORTEST_BOUT + 1)
  }
}

/** Returns a step of shadow boxing for some decisions. */
export function box(decisions: number): ActivityStep {
  return (person) => new Bouts(person, decisions)
}
