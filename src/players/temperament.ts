/** What a person at the gamepad is like: how sure their hands are, apart from what they want. */
import type { RandomStream } from '../island/index.ts'

/** A person's traits. All follow from skill, each with some scatter of its own. */
export interface Temperament {
  /** From 0, never held a gamepad, to 1, plays every evening. */
  readonly skill: number
  /** Decisions of 0.1 s between seeing and acting: 1, 2 or 3. */
  readonly lag: number
  /** Share of what happens during the lag that is foreseen; without it people over-steer. */
  readonly foresight: number
  /** Share of a heading error that is meant to be gone after one decision of steering. */
  readonly gain: number
  /** Radians of heading error that are let pass. */
  readonly tolerance: number
  /** Standard deviation of the tilt of a stick that is held away from its centre. */
  readonly tremor: number
  /** How much of the steering the left stick does: 0 none, 1 as much as it can. */
  readonly strafe: number
  /** Share of the pace that is given up while turning sharply. */
  readonly caution: number
  /** Metres that are kept from the sea where the way bends. */
  readonly comfort: number
  /** Standard deviation of the heading, in radians, by which walks weave, for want of attention. */
  readonly drift: number
  /** Standard deviation of the place that is aimed at, in metres. */
  readonly aimError: number
  /** Decisions between two looks for the way. */
  readonly rethink: number
  /** Chance of a hop, for fun, in each decision of walking. */
  readonly bounce: number
  /** Decisions before anything is done at all. */
  readonly delay: number
}

function clamp01(x: number): number {
  return Math.max(0, Math.min(1, x))
}

/** A person's skill, in [0, 1): most of those who play know how to (density 2·skill). */
export function drawSkill(random: RandomStream): number {
  return Math.sqrt(random.uniform())
}

/** The traits of a person of this skill in [0, 1]. */
export function drawTemperament(skill: number, random: RandomStream): Temperament {
  const between = (clumsy: number, sure: number) =>
    clumsy + (sure - clumsy) * clamp01(skill + 0.15 * random.normal())
  return {
    skill,
    lag: Math.round(between(3.4, 0.8)),
    foresight: between(0.45, 1),
    gain: between(0.5, 0.42) * random.range(0.85, 1.15),
    tolerance: between(0.13, 0.05),
    tremor: between(0.14, 0.02),
    strafe: random.chance(0.4) ? random.range(0.2, 0.7) : 0,
    caution: random.range(0.3, 1),
    comfort: between(0.8, 1.3),
    drift: between(0.12, 0.02),
    aimError: between(0.9, 0.2),
    rethink: Math.round(between(5, 2)),
    bounce: random.chance(0.15) ? random.range(0.003, 0.02) : 0,
    delay: Math.round(between(6, 1) * random.uniform()),
  }
}
