/**
 * Episodes: played on an `Island`, kept as a start, a seed and a list of actions, and replayed from
 * these with the same path, pixels and outcome.
 */
import { Digest } from './digest.ts'
import { createLook, type Look } from './look.ts'
import { advance, isOver } from './motion.ts'
import { FRAME_BYTES } from './observation.ts'
import { Renderer } from './renderer.ts'
import { type Ending, type IslandState, type StartKind, startState } from './state.ts'
import { EPISODE_DECISIONS, WORLD_VERSION } from './version.ts'

/** All that is kept of an episode: the rest is replayed. */
export interface Episode {
  readonly worldVersion: number
  readonly start: StartKind
  readonly seed: number
  /** One number an action, in order; at most EPISODE_DECISIONS of them. */
  readonly actions: Uint16Array
}

/** An island on which one episode is played. */
export class Island {
  readonly seed: number
  readonly state: IslandState
  #look: Look | undefined

  constructor(start: StartKind, seed: number) {
    this.seed = seed
    this.state = startState(start, seed)
  }

  /** The episode's light, weather and growth; made when first asked for, as paths don't need it. */
  get look(): Look {
    this.#look ??= createLook(this.seed)
    return this.#look
  }

  /** Whether the episode has ended. */
  get over(): boolean {
    return isOver(this.state)
  }

  /** The jumppad that was touched; 'none' so long as there is none. */
  get ending(): Ending {
    return this.state.outcome ?? 'none'
  }

  /** Plays one decision. Throws where the episode is over or there is no such action. */
  step(action: number): void {
    if (this.over) {
      throw new Error(
        `The episode ended (${this.ending}) after ${this.state.decision} decisions: expected no further action.`,
      )
    }
    advance(this.state, action)
  }

  /** Draws what the agent sees now: FRAME_BYTES bytes from out[offset] on. */
  render(renderer: Renderer, out: Uint8Array, offset = 0): void {
    renderer.render(this.state, this.look, out, offset)
  }
}

export interface Replay {
  readonly ending: Ending
  readonly decisions: number
  /** x and z before the first action and after each: [decisions + 1, 2]. */
  readonly path: Float32Array
  /** Digest of every number of every state, the first one included. */
  readonly stateDigest: string
}

/**
 * Plays an episode's actions again. `visit` is called before each action with its index; the frame
 * at an index is what the island shows then. Throws for an episode of another world version, or
 * with actions after its end.
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
  const island = new Island(episode.start, episode.seed)
  const path = new Float32Array(2 * (actions.length + 1))
  const digest = new Digest()
  path.set([island.state.x, island.state.z])
  digestState(digest, island.state)
  actions.forEach((action, index) => {
    visit?.(island, index)
    island.step(action)
    path[2 * index + 2] = island.state.x
    path[2 * index + 3] = island.state.z
    digestState(digest, island.state)
  })
  return {
    ending: island.ending,
    decisions: island.state.decision,
    path,
    stateDigest: digest.hex(),
  }
}

const OUTCOME_CODES = { left: 1, middle: 2, right: 3 } as const

/** Takes every number of a state into a digest. */
export function digestState(digest: Digest, state: IslandState): void {
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
  digest.addNumber(state.outcome === undefined ? 0 : OUTCOME_CODES[state.outcome])
}

/** Digests of all states and of all frames of an episode, to compare engines and machines. */
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
