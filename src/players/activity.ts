/**
 * Activities of scripted players, executed one after another, each until it is done. This file has
 * waiting and looking around; walking and boxing have their own files.
 */
import type { RandomStream, World } from '../island/index.ts'
import type { Percept } from './delayed-observer.ts'
import type { Intention } from './hands.ts'
import type { PlayerTraits } from './traits.ts'

/** Traits of a player, the world it plays in, and the random stream of its activities. */
export interface Person {
  readonly world: World
  readonly traits: PlayerTraits
  readonly random: RandomStream
}

/** An activity in progress. */
export interface Activity {
  /**
   * Fills in an intention that is initially to do nothing. Returns false once the activity is done.
   */
  act(known: Percept, intention: Intention): boolean
}

/** A step of a plan: starts its activity when its turn comes. */
export type ActivityStep = (person: Person) => Activity

/** Returns a step that leaves the gamepad alone for some decisions. */
export function wait(decisions: number): ActivityStep {
  return () => {
    let left = Math.round(decisions)
    return { act: () => left-- > 0 }
  }
}

/** Range of turn rates when looking around, in radians per decision. */
const SLOW_LOOK = 0.08
const FAST_LOOK = 0.25

/**
 * Returns a step that turns the camera on the spot by `by`, optionally to a pitch; both in radians.
 */
export function look(by: number, pitch?: number): ActivityStep {
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

/** Samples steps of looking around that take about a dozen decisions. */
export function lookAround(random: RandomStream): ActivityStep[] {
  const first = random.pick([-1, 1]) * random.range(0.5, 1.8)
  const pitch = random.chance(0.4) ? random.range(-0.5, 0.2) : undefined
  const steps = [look(first, pitch), wait(random.range(1, 6))]
  if (random.chance(0.5)) steps.push(look(-first * random.range(0.6, 1.8)))
  return steps
}
