/**
 * The things people do, one after another, each until it is done: wait, look around, walk
 * somewhere, make for a jumppad, box with nobody.
 */
import type { RandomStream } from '../island/index.ts'
import type { Percept } from './eyes.ts'
import type { Intention } from './hands.ts'
import type { Temperament } from './temperament.ts'

/** Who acts: the traits, and the source of everything that is left to chance. */
export interface Person {
  readonly temperament: Temperament
  readonly random: RandomStream
}

/** Something under way. */
export interface Activity {
  /** Says what is wanted now, by changing an intention of nothing; false when it is done. */
  act(known: Percept, intention: Intention): boolean
}

/** Something to be begun when its turn comes. */
export type Step = (person: Person) => Activity

/** Hands off the gamepad for some decisions. */
export function wait(decisions: number): Step {
  return () => {
    let left = Math.round(decisions)
    return { act: () => left-- > 0 }
  }
}

/** Radians by which a look around turns in one decision. */
const SLOW_LOOK = 0.08
const FAST_LOOK = 0.25

/** Turns the camera by an angle, on the spot; the pitch is in radians, too. */
export function look(by: number, pitch?: number): Step {
  return ({ random }) => {
    const rate = Math.sign(by) * random.range(SLOW_LOOK, FAST_LOOK)
    let left = Math.floor(by / rate)
    return {
      act(_known, intention) {
        if (left-- <= 0) return false
        intention.spin = rate
        if (pitch !== undefined) intention.pitch = pitch
        return true
      },
    }
  }
}

/** A dozen decisions or so of looking here and there. */
export function lookAround(random: RandomStream): Step[] {
  const first = random.pick([-1, 1]) * random.range(0.5, 1.8)
  const pitch = random.chance(0.4) ? random.range(-0.5, 0.2) : undefined
  const steps = [look(first, pitch), wait(random.range(1, 6))]
  if (random.chance(0.5)) steps.push(look(-first * random.range(0.6, 1.8)))
  return steps
}
