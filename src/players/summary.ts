/** Summary statistics of a set of episodes: habits and endings. */
import { type Ending, HOME_ENDINGS } from '../island/index.ts'
import type { HabitName } from './habits.ts'
import type { PlayedEpisode } from './play.ts'

/** One row of a table: statistics of the episodes of one habit, or of all episodes. */
export interface SummaryRow {
  readonly habit: HabitName | 'all'
  readonly episodes: number
  /** Share of each ending; they add up to 1, or are all 0 if there are no episodes. */
  readonly endings: Readonly<Record<Ending, number>>
  readonly meanDecisions: number
  readonly meanSkill: number
}

/** Returns a row for all episodes, then one for each habit that occurs, sorted by name. */
export function summarise(episodes: Iterable<PlayedEpisode>): SummaryRow[] {
  const byHabit = new Map<HabitName, PlayedEpisode[]>()
  const all: PlayedEpisode[] = []
  for (const episode of episodes) {
    all.push(episode)
    const group = byHabit.get(episode.habit)
    if (group) group.push(episode)
    else byHabit.set(episode.habit, [episode])
  }
  const names = [...byHabit.keys()].sort()
  return [row('all', all), ...names.map((name) => row(name, byHabit.get(name) ?? []))]
}

function row(habit: SummaryRow['habit'], episodes: readonly PlayedEpisode[]): SummaryRow {
  let decisions = 0
  let skill = 0
  for (const episode of episodes) {
    decisions += episode.actions.length
    skill += episode.skill
  }
  const count = Math.max(1, episodes.length)
  return {
    habit,
    episodes: episodes.length,
    endings: Object.fromEntries(
      HOME_ENDINGS.map((ending) => [
        ending,
        episodes.filter((episode) => episode.ending === ending).length / count,
      ]),
    ),
    meanDecisions: decisions / count,
    meanSkill: skill / count,
  }
}
