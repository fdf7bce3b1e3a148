/** Traits of scripted players: perception, motor noise and caution, independent of their plans. */
import type { RandomStream } from '../island/index.ts'

/** Traits of a player. Most depend on skill with individual noise; the others are random. */
export interface PlayerTraits {
  /** Skill from 0 (never held a gamepad) to 1 (plays every evening). */
  readonly skill: number
  /** Reaction lag in decisions of 0.1 s: 1, 2 or 3. */
  readonly lag: number
  /** Share of the change during the lag that is anticipated; without it, players over-steer. */
  readonly foresight: number
  /** Proportional gain: share of a heading error that one decision of steering corrects. */
  readonly gain: number
  /** Heading error that is not corrected, in radians. */
  readonly tolerance: number
  /**
   * Standard deviation of the left stick's noise relative to its tilt; turns have twice as much.
   */
  readonly tremor: number
  /** Share of steering done with the left stick: 0 is none, 1 as much as it can. */
  readonly strafe: number
  /** Share of the pace that is given up in sharp turns. */
  readonly caution: number
  /** Distance in metres by which bends of the path are moved away from the sea. */
  readonly comfort: number
  /** Standard deviation in radians of the slow heading noise while walking. */
  readonly drift: number
  /** Standard deviation of the aiming error at a jumppad, in metres per axis. */
  readonly aimError: number
  /** Maximum number of decisions between two updates of the waypoint. */
  readonly rethink: number
  /** Probability of a hop for fun, per decision of walking. */
  readonly bounce: number
  /** Number of decisions before the first action. */
  readonly delay: number
}

function clamp01(x: number): number {
  return Math.max(0, Math.min(1, x))
}

/** Samples a player's skill in [0, 1) with density 2·skill: most players are experienced. */
export function sampleSkill(random: RandomStream): number {
  return Math.sqrt(random.uniform())
}

/** Samples the traits of a player of this skill in [0, 1]. */
export function sampleTraits(skill: number, random: RandomStream): PlayerTraits {
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
