/** Detects a character's incidents (steps, leaps, landings) by comparing its lane from frame to frame. */
import type { LiveLane } from '../stores/live.ts'
import { type Course, STRIDE } from './gait.ts'

export type Incident = 'step' | 'leap' | 'land' | 'swing' | 'throw' | 'splash'

export interface Footing extends Course {
  /** Incidents of this frame, in no particular order. */
  readonly incidents: Incident[]
  readonly before: {
    take: number
    x: number
    z: number
    grounded: boolean
    attack: number
    thrown: boolean
    swims: number
    landedAt: number
  }
}

/** Seconds since a landing after which no trace of it is visible. */
const LONG = 1e3

export function createFooting(): Footing {
  return {
    covered: 0,
    thrown: undefined,
    landed: LONG,
    gathering: 0,
    time: 0,
    incidents: [],
    before: {
      take: -1,
      x: 0,
      z: 0,
      grounded: true,
      attack: 0,
      thrown: false,
      swims: 0,
      landedAt: -LONG,
    },
  }
}

/** Longest step in metres; a longer move in one frame means that the sea put the character back. */
const LONGEST_STEP = 2

/** Updates the footing from the lane for this frame; `time` is island time in seconds. */
export function follow(lane: LiveLane, time: number, footing: Footing): void {
  const { incidents, before } = footing
  const { pose, moment, launched } = lane
  incidents.length = 0
  if (lane.take === before.take) {
    findStep(lane, footing)
    if (before.grounded && !pose.grounded) incidents.push('leap')
    if (!before.grounded && pose.grounded) incidents.push('land')
    if (pose.attack > before.attack + 0.1) incidents.push('swing')
    if (launched !== undefined && !before.thrown) incidents.push('throw')
    if ((moment?.to.swims ?? 0) > before.swims) incidents.push('splash')
  } else {
    footing.covered = 0
    before.landedAt = -LONG
  }
  if (incidents.includes('land')) before.landedAt = time
  footing.time = time
  footing.thrown = launched
  footing.landed = time - before.landedAt
  footing.gathering = gathering(lane)
  before.take = lane.take
  before.x = pose.x
  before.z = pose.z
  before.grounded = pose.grounded
  before.attack = pose.attack
  before.thrown = launched !== undefined
  before.swims = moment?.to.swims ?? 0
}

function findStep({ pose, launched }: LiveLane, footing: Footing): void {
  const { before } = footing
  const metres = Math.hypot(pose.x - before.x, pose.z - before.z)
  if (metres > LONGEST_STEP) return
  const steps = Math.floor((2 * footing.covered) / STRIDE)
  footing.covered += metres
  const down = pose.grounded && launched === undefined
  if (down && Math.floor((2 * footing.covered) / STRIDE) > steps) footing.incidents.push('step')
}

/** Returns the depth of the crouch, 0…1: a leap leaves the ground halfway through its decision. */
function gathering({ moment }: LiveLane): number {
  if (!moment?.from.grounded || moment.to.grounded || moment.part > 0.5) return 0
  return Math.sin(2 * Math.PI * moment.part)
}
