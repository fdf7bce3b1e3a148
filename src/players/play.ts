/**
 * Playing of one episode by a scripted player: a pure function of a key, so it can be recomputed.
 */
import type { Episode } from '../island/episode.ts'
import {
  advance,
  type Ending,
  EPISODE_DECISIONS,
  type IslandMap,
  type IslandState,
  isOver,
  type Key,
  keySeed,
  splitKey,
  startState,
  WORLD_VERSION,
  worldOf,
} from '../island/index.ts'
import type { HabitName } from './habits.ts'
import { createPlayer, POPULATION, type Population } from './population.ts'

/** An episode with the habit and skill of its player. */
export interface PlayedEpisode extends Episode {
  readonly habit: HabitName
  /** Skill of the player, from 0 (clumsy) to 1 (sure). */
  readonly skill: number
  readonly ending: Ending
}

/**
 * Plays the episode that a key determines on an island, HOME_MAP if omitted: the key gives the
 * island's seed, the player, and all of the player's randomness.
 */
export function playEpisode(
  key: Key,
  population: Population = POPULATION,
  island?: IslandMap,
): PlayedEpisode {
  const world = worldOf({ island })
  const seed = keySeed(splitKey(key, 'island'))
  const { player, habit, skill, start } = createPlayer(world, population, splitKey(key, 'player'))
  const state = startState({ start, seed, island })
  const actions = new Uint16Array(EPISODE_DECISIONS)
  while (!isOver(state)) {
    const action = player.act(state)
    actions[state.decision] = action
    advance(world, state, action)
  }
  return {
    worldVersion: WORLD_VERSION,
    start,
    seed,
    ...(island === undefined ? {} : { island }),
    actions: actions.slice(0, state.decision),
    habit,
    skill,
    ending: state.outcome ?? 'none',
  }
}

/**
 * Replays an episode without rendering, calling `visit` with the state before each action and that
 * action. The state is one object that changes in place. Returns the final state.
 */
export function retrace(
  episode: Episode,
  visit: (state: IslandState, action: number) => void,
): IslandState {
  const world = worldOf(episode)
  const state = startState(episode)
  for (const action of episode.actions) {
    visit(state, action)
    advance(world, state, action)
  }
  return state
}
