/** One person plays one episode: a function of a key, so that play need not be kept. */
import type { Episode } from '../island/episode.ts'
import {
  advance,
  type Ending,
  EPISODE_DECISIONS,
  type IslandState,
  isOver,
  type Key,
  keySeed,
  splitKey,
  startState,
  WORLD_VERSION,
} from '../island/index.ts'
import type { HabitName } from './habits.ts'
import { createPlayer, POPULATION, type Population } from './population.ts'

/** An episode and who played it. */
export interface PlayedEpisode extends Episode {
  readonly habit: HabitName
  /** From 0, clumsy, to 1, sure. */
  readonly skill: number
  readonly ending: Ending
}

/**
 * Plays the episode that a key stands for: the key draws the island's seed, the person, and all
 * that the person leaves to chance.
 */
export function playEpisode(key: Key, population: Population = POPULATION): PlayedEpisode {
  const seed = keySeed(splitKey(key, 'island'))
  const { player, habit, skill, start } = createPlayer(population, splitKey(key, 'player'))
  const state = startState(start, seed)
  const actions = new Uint16Array(EPISODE_DECISIONS)
  while (!isOver(state)) {
    const action = player.act(state)
    actions[state.decision] = action
    advance(state, action)
  }
  return {
    worldVersion: WORLD_VERSION,
    start,
    seed,
    actions: actions.slice(0, state.decision),
    habit,
    skill,
    ending: state.outcome ?? 'none',
  }
}

/**
 * Goes through an episode again without pixels: `visit` is called with the state before each action
 * and that action. Returns the last state.
 */
export function retrace(
  episode: Episode,
  visit: (state: IslandState, action: number) => void,
): IslandState {
  const state = startState(episode.start, episode.seed)
  for (const action of episode.actions) {
    visit(state, action)
    advance(state, action)
  }
  return state
}
