/**
 * Episodes: played on an `Island`, stored as a start, a seed and a list of actions, and replayed
 * from these with the same path, pixels and outcome.
 */
import { Digest } from './digest.ts'
import { createLook, type Look } from './look.ts'
import { advance, isOver } from './motion.ts'
import { FRAME_BYTES } from './observation.ts'
import { Renderer } from './renderer.ts'
import { type Beginning, type Ending, type IslandState, startState } from './state.ts'
import { EPISODE_DECISIONS, WORLD_VERSION } from './version.ts'
import { type World, worldOf } from './world.ts'

/** The stored form of an episode; everything else follows from replaying it. */
export interface Episode extends Beginning {
  readonly worldVersion: number
  /** Action codes in order, at most EPISODE_DECISIONS. */
  readonly actions: Uint16Array
}

/** An environment instance in which one episode is played. */
export class Island {
  readonly world: World
  readonly seed: number
  readonly state: IslandState
  #look: Look | undefined

  constructor(beginning: Beginning) {
    this.world = worldOf(beginning)
    this.seed = beginning.seed
    this.state = startState(beginning)
  }

  /**
   * The episode's weather, materials and scenery; created on first use, as paths don't need them.
   */
  get look(): Look {
    this.#look ??= createLook(this.world, this.seed)
    return this.#look
  }

  /** Whether the episode has ended. */
  get over(): boolean {
    return isOver(this.state)
  }

  /** The jumppad that was touched; 'none' until one is. */
  get ending(): Ending {
    return this.state.outcome ?? 'none'
  }

  /**
   * Plays one decision. Throws an Error if the episode is over, a RangeError for an invalid action.
   */
  step(action: number): void {
    if (this.over) {
      throw new Error(
        `The episode ended (${this.ending}) after ${this.state.decision} decisions: expected no further action.`,
      )
    }
    advance(this.world, this.state, action)
  }

  /** Draws the current observation: FRAME_BYTES bytes starting at out[offset]. */
  render(renderer: Renderer, out: Uint8Array, offset = 0): void {
    renderer.render(this.state, this.look, out, offset)
  }
}

export interface Replay {
  readonly ending: Ending
  readonly decisions: number
  /** x and z before the first action and after each one, in metres: [decisions + 1, 2]. */
  readonly path: Float32Array
  /** Digest of every number of every state, including the first. */
  readonly stateDigest: string
}

/**
 * Plays an episode's actions again. `visit` is called before each action with the action's index;
 * the frame at that index is the island's observation at that moment. Throws an Error for an
 * episode of another world version, with more than EPISODE_DECISIONS actions, or with actions after
 * its end, and a RangeError for an invalid action.
 */
export function replay(episode: Episode, visit?: (island: Island, index: number) => void): Replay {
  if (episode.worldVersion !== WORLD_VERSION) {
    throw new Error(
      `The episode is from world version ${episode.worldVersion}, this is version ${WORLD_VERSION}: it cannot be replayed; show its stored path instead.`,
    )
  }
  const { actions } = episode
  if (actions.length > EPISODE_DECISIONS) {
    throw new Error(
      `The episode has ${actions.length} actions: expected at most ${EPISODE_DECISIONS}.`,
    )
  }
  const island = new Island(episode)
  const path = new Float32Array(2 * (actions.length + 1))
  const digest = new Digest()
  path.set([island.state.x, island.state.z])
  digestState(digest, island.world, island.state)
  actions.forEach((action, index) => {
    visit?.(island, index)
    island.step(action)
    path[2 * index + 2] = island.state.x
    path[2 * index + 3] = island.state.z
    digestState(digest, island.world, island.state)
  })
  return {
    ending: island.ending,
    decisions: island.state.decision,
    path,
    stateDigest: digest.hex(),
  }
}

/** Adds every number of a state to a digest. */
export function digestState(digest: Digest, world: World, state: IslandState): void {
  digest.addNumber(state.decision)
  digest.addNumber(state.x)
  digest.addNumber(state.y)
  digest.addNumber(state.z)
  digest.addNumber(state.velocityX)
  digest.addNumber(state.velocityY)
  digest.addNumber(state.velocityZ)
  digest.addNumber(state.facing)
  digest.addNumber(state.cameraYaw)
  digest.addNumber(state.cameraPitch)
  digest.addNumber(state.grounded ? 1 : 0)
  digest.addNumber(state.attack)
  digest.addNumber(state.swims)
  digest.addNumber(state.spawnX)
  digest.addNumber(state.spawnZ)
  digest.addNumber(state.spawnYaw)
  digest.addNumber(state.outcome === undefined ? 0 : 1 + world.outcomes.indexOf(state.outcome))
}

/** Replays an episode and digests all its states and frames, to compare engines and machines. */
export function digestsOf(episode: Episode): { state: string; pixels: string } {
  const renderer = new Renderer()
  const frame = new Uint8Array(FRAME_BYTES)
  const pixels = new Digest()
  const { stateDigest } = replay(episode, (island) => {
    island.render(renderer, frame)
    pixels.addBytes(frame)
  })
  return { state: stateDigest, pixels: pixels.hex() }
}
