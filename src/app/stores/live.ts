/**
 * What moves: written by the playback sixty times a second, read by whatever draws, inside its own
 * frame loop. None of this passes through React.
 */
import { type Ending, FRAME_BYTES, Island, Renderer, type StartKind } from '../../island/index.ts'
import { Conductor, type Moment } from '../../lab/conductor.ts'
import { createPose, interpolatePose, launchOffset, type Pose } from '../../lab/pose.ts'

/** A path over the ground: x, z pairs. */
export interface Trail {
  readonly points: number[]
  /** Stage whose colour it has. */
  readonly stage: string
  ending: Ending | undefined
}

/** Finished trails that stay on the ground. */
const TRAILS_KEPT = 40

/** Metres between two points of a trail. */
const TRAIL_SPACING = 0.12

/** One agent in the picture. */
export interface LiveLane {
  readonly pose: Pose
  moment: Moment | undefined
  /** What the agent sees before its first decision. */
  firstFrame: Uint8Array | undefined
  /** Seconds since a jumppad was touched; undefined unless one was. */
  launched: number | undefined
  trail: Trail
  /** Grows with every episode, so that a drawing side notices the cut. */
  take: number
}

export interface Live {
  /** Seconds of island time since the page was opened; stands still while paused. */
  time: number
  readonly lanes: LiveLane[]
  trails: Trail[]
  /** Grows whenever `trails` changes. */
  trailsVersion: number
}

export const live: Live = { time: 0, lanes: [createLane()], trails: [], trailsVersion: 0 }

const renderer = new Renderer()

function createLane(): LiveLane {
  return {
    pose: createPose(),
    moment: undefined,
    firstFrame: undefined,
    launched: undefined,
    trail: { points: [], stage: 'base', ending: undefined },
    take: 0,
  }
}

/** The lane of the agent that is watched alone. */
export function mainLane(): LiveLane {
  const lane = live.lanes[0]
  if (!lane) throw new Error('No lane: the page has not set up what it watches.')
  return lane
}

/**
 * Clears the lane for a new episode and shows how it begins: that follows from the start and the
 * seed alone and need not wait for a worker.
 */
export function cutLane(lane: LiveLane, stage: string, start: StartKind, seed: number): void {
  const island = new Island(start, seed)
  const frame = new Uint8Array(FRAME_BYTES)
  island.render(renderer, frame)
  lane.firstFrame = frame
  showMoment(lane, new Conductor(island.state).moment)
  lane.take++
  lane.launched = undefined
  lane.trail = { points: [], stage, ending: undefined }
}

/** Writes the moment into the lane: pose, throw and trail. */
export function showMoment(lane: LiveLane, moment: Moment): void {
  lane.moment = moment
  const { pose } = lane
  interpolatePose(moment.from, moment.to, moment.part, pose)
  const thrown = moment.to.outcome !== undefined && moment.sinceEnd > 0
  lane.launched = thrown ? moment.sinceEnd : undefined
  if (!thrown) extendTrail(lane.trail, pose)
}

/** Keeps the lane's trail among those that stay on the ground. */
export function keepTrail(lane: LiveLane, ending: Ending): void {
  lane.trail.ending = ending
  live.trails = [...live.trails, lane.trail].slice(-TRAILS_KEPT)
  live.trailsVersion++
}

function extendTrail({ points }: Trail, { x, y, z }: Pose): void {
  if (y < -0.4) return
  const lastX = points[points.length - 2] ?? Number.NaN
  const lastZ = points[points.length - 1] ?? Number.NaN
  const step = Math.hypot(x - lastX, z - lastZ)
  if (step < TRAIL_SPACING) return
  points.push(x, z)
}

/** Where the character is drawn, the throw included. Writes x, y, z into `out`. */
export function drawnPosition(
  lane: LiveLane,
  padYaw: number,
  out: { x: number; y: number; z: number },
) {
  const { pose } = lane
  const { along, up } = launchOffset(lane.launched ?? 0)
  out.x = pose.x - Math.sin(padYaw) * along
  out.y = pose.y + up
  out.z = pose.z - Math.cos(padYaw) * along
}
