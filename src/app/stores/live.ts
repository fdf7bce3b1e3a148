/**
 * State that moves: written by playback sixty times a second and read by renderers in their own frame
 * loops. None of it passes through React.
 */
import {
  type Beginning,
  type Ending,
  FRAME_BYTES,
  HOME,
  Island,
  type IslandState,
  type Point,
  Renderer,
  type World,
} from '../../island/index.ts'
import { createPose, interpolatePose, launchOffset, type Pose } from '../../lab/playback/pose.ts'
import { type Moment, Timeline } from '../../lab/playback/timeline.ts'

/** Path over the ground: x, z pairs in metres, the last of which is its moving tip. */
export interface Trail {
  readonly points: number[]
  /** Stage that gives the trail its colour. */
  readonly stage: string
  ending: Ending | undefined
}

/** Length in metres above which a segment was not walked: the sea put the character back. */
export const LONGEST_PIECE = 2

/** Maximum number of finished trails of one lane that stay on the ground. */
const TRAILS_KEPT = 40

/** State of one agent on screen. */
export interface LiveLane {
  readonly pose: Pose
  /** World of the episode. */
  world: World
  moment: Moment | undefined
  /** Frame that the agent sees before its first decision. */
  firstFrame: Uint8Array | undefined
  /** Seconds since a jumppad was touched; undefined unless one was. */
  launched: number | undefined
  trail: Trail
  /** Finished trails that stay on the ground, oldest first. */
  past: readonly Trail[]
  /** Number that grows whenever `past` changes. */
  pastVersion: number
  /** Position after the decision that is being shown. */
  target: Point
  /** Number that grows with every episode, so that renderers notice the cut. */
  take: number
}

export interface Live {
  /** Seconds of island time since the page was opened; does not advance while paused. */
  time: number
  readonly lanes: LiveLane[]
}

export const live: Live = { time: 0, lanes: [createLane()] }

const renderer = new Renderer()

/** Creates a lane before its first episode, on the first island if none is given. */
export function createLane(world: World = HOME): LiveLane {
  return {
    pose: createPose(),
    world,
    moment: undefined,
    firstFrame: undefined,
    launched: undefined,
    trail: { points: [0, 0], stage: 'base', ending: undefined },
    past: [],
    pastVersion: 0,
    target: { x: 0, z: 0 },
    take: 0,
  }
}

/**
 * Clears the lane for a new episode and shows its initial state, which follows from its beginning and
 * need not wait for a worker.
 */
export function cutLane(lane: LiveLane, stage: string, beginning: Beginning): void {
  const island = new Island(beginning)
  // Trails of another island would lie in its sea.
  if (island.world !== lane.world) lane.past = []
  lane.world = island.world
  const frame = new Uint8Array(FRAME_BYTES)
  island.render(renderer, frame)
  lane.firstFrame = frame
  beginTrail(lane, stage, island.state)
}

/** Clears the lane for an episode that begins in this state. */
export function beginTrail(lane: LiveLane, stage: string, state: IslandState): void {
  lane.take++
  const { x, z } = state
  lane.target = { x, z }
  lane.trail = { points: [x, z], stage, ending: undefined }
  showMoment(lane, new Timeline(state).moment)
}

/** Writes a moment into the lane: pose, jumppad launch and trail. */
export function showMoment(lane: LiveLane, moment: Moment): void {
  lane.moment = moment
  const { pose } = lane
  interpolatePose(moment.from, moment.to, moment.part, pose)
  const thrown = moment.to.outcome !== undefined && moment.sinceEnd > 0
  lane.launched = thrown ? moment.sinceEnd : undefined
  if (!thrown) moveTip(lane.trail, pose)
}

/** Completes the lane's trail, sets its ending and returns it. */
export function endTrail(lane: LiveLane, ending: Ending): Trail {
  moveTip(lane.trail, lane.target)
  lane.trail.ending = ending
  return lane.trail
}

/** Completes the lane's trail and keeps it among those that stay on the ground. */
export function keepTrail(lane: LiveLane, ending: Ending): void {
  endTrail(lane, ending)
  lane.past = [...lane.past, lane.trail].slice(-TRAILS_KEPT)
  lane.pastVersion++
}

/**
 * Starts the next segment of the lane's trail, towards the state after a decision. Trails go from state
 * to state, so that they are the same at any frame rate.
 */
export function stepTrail(lane: LiveLane, towards: Point): void {
  moveTip(lane.trail, lane.target)
  lane.trail.points.push(lane.target.x, lane.target.z)
  lane.target = towards
}

function moveTip({ points }: Trail, { x, z }: Point): void {
  points[points.length - 2] = x
  points[points.length - 1] = z
}

/** Writes the character's drawn position into `out`: x, y, z in metres, including a jumppad launch. */
export function drawnPosition(
  { pose, world, moment, launched }: LiveLane,
  out: { x: number; y: number; z: number },
): void {
  const outcome = moment?.to.outcome
  const yaw = world.jumppads.find(({ name }) => name === outcome)?.yaw ?? 0
  const { along, up } = launchOffset(launched ?? 0)
  out.x = pose.x - Math.sin(yaw) * along
  out.y = pose.y + up
  out.z = pose.z - Math.cos(yaw) * along
}
