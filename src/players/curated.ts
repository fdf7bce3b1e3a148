/**
 * The curated set: a few clips that go straight to the jumppads, in equal numbers. It is selected
 * by a fixed rule from episodes of the ordinary population.
 *
 * The rule accepts a clip if it
 * 1. ends at a jumppad,
 * 2. takes at most LONGEST_SHARE times the decisions of the shortest path at full tilt,
 * 3. is at most LONGEST_PATH times as long as the shortest path,
 * 4. never falls into the sea,
 * 5. never enters a bridge or a side platform,
 * 6. never presses attack or jump.
 * Clips are accepted in order of their episode index until every jumppad has its share.
 */
import {
  DECISION_SECONDS,
  decodeAction,
  distance,
  type Ending,
  HOME,
  type JumppadName,
  type TrainedOn,
  trainingMap,
  WALKING_SPEED,
  worldOf,
} from '../island/index.ts'
import { type Branch, episodeKey } from './dataset.ts'
import { jumppadNamed, navigatorToJumppad, surfaceAt } from './places.ts'
import { type PlayedEpisode, playEpisode, retrace } from './play.ts'
import { POPULATION, type Population } from './population.ts'

/** Number of clips in the set that agents are fine-tuned on. */
export const CURATED_CLIPS = 60

const LONGEST_SHARE = 1.12
const LONGEST_PATH = 1.05

/** Episodes played per requested clip before giving up: some populations have no direct runs. */
const PATIENCE = 500

/** Features of an episode that the rule tests. */
export interface CuratedRun {
  /** Length walked, and length of the shortest path, in metres. */
  readonly path: number
  readonly shortest: number
  readonly swims: number
  readonly offTrack: boolean
  /** Number of decisions with attack or jump pressed. */
  readonly presses: number
}

/** Measures an episode that ended at a jumppad. */
export function measureRun(episode: PlayedEpisode, jumppad: JumppadName): CuratedRun {
  const world = worldOf(episode)
  const navigator = navigatorToJumppad(world, jumppad)
  let path = 0
  let shortest = 0
  let presses = 0
  let offTrack = false
  let last: { x: number; z: number } | undefined
  const end = retrace(episode, (state, action) => {
    const { x, z } = state
    const { jump, attack } = decodeAction(action)
    if (last) path += distance(x, z, last)
    else shortest = navigator.distance(x, z) - jumppadNamed(world, jumppad).radius
    if (jump || attack) presses += 1
    if (surfaceAt(world, x, z)?.aside) offTrack = true
    last = { x, z }
  })
  if (last) path += distance(end.x, end.z, last)
  return { path, shortest, swims: end.swims, offTrack, presses }
}

/** Returns whether the rule accepts an episode. */
export function isCurated(episode: PlayedEpisode): boolean {
  if (episode.ending === 'none') return false
  const { path, shortest, swims, offTrack, presses } = measureRun(episode, episode.ending)
  const fewest = shortest / (WALKING_SPEED * DECISION_SECONDS)
  return (
    episode.actions.length <= LONGEST_SHARE * fewest &&
    path <= LONGEST_PATH * shortest &&
    swims === 0 &&
    !offTrack &&
    presses === 0
  )
}

/**
 * Returns the curated set of a seed, in order of episode index. For an early-stopping set, pass the
 * branch 'curated-held-out': it shares no episode with 'curated'. Throws a RangeError for a number
 * of clips that is not a positive multiple of the number of jumppads, and an Error if the
 * population yields too few.
 */
export function curate(
  seed: number,
  clips: number = CURATED_CLIPS,
  branch: Branch = 'curated',
  population: Population = POPULATION,
  trainedOn: TrainedOn = 'first',
): PlayedEpisode[] {
  const each = clips / HOME.jumppads.length
  if (!(Number.isInteger(each) && each > 0)) {
    throw new RangeError(
      `Found ${clips} clips: expected a positive multiple of ${HOME.jumppads.length}, for even shares.`,
    )
  }
  const taken: PlayedEpisode[] = []
  const counts = new Map<Ending, number>()
  for (let index = 0; taken.length < clips; index++) {
    if (index >= PATIENCE * clips) {
      throw new Error(
        `Found ${taken.length} of ${clips} curated clips in ${index} episodes of "${population.name}": expected more straight runs; ask for fewer clips or another population.`,
      )
    }
    const episode = playEpisode(
      episodeKey({ seed, branch }, index),
      population,
      trainingMap(trainedOn, index),
    )
    const count = counts.get(episode.ending) ?? 0
    if (count >= each || !isCurated(episode)) continue
    counts.set(episode.ending, count + 1)
    taken.push(episode)
  }
  return taken
}
