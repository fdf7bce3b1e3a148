/** Sentences, names and formatted numbers that several pages share. */
import { type Ending, HOME_ENDINGS } from '../island/index.ts'
import { messageOf } from '../lab/worker/errors.ts'
import type { AggregationMethod } from '../study/statistics/aggregate.ts'
import { countOf } from './ui/format.ts'

/** Returns an error as a sentence, with plain words for a script that could not be loaded. */
export function problemOf(error: unknown): string {
  return isMissingScript(error) ? MISSING_SCRIPT : messageOf(error)
}

const MISSING_SCRIPT =
  'Part of the page could not be loaded: there is no network, or the site now has a newer version of the lab. Check your connection and try again, or reload the page. Data saved in this browser is not affected.'

/** Returns whether a dynamic import failed. Each browser words that error differently. */
function isMissingScript(error: unknown): boolean {
  const words =
    /dynamically imported module|importing a module script|module script failed|preload CSS/i
  return error instanceof Error && words.test(error.message)
}

/**
 * Number of answers that prefer a side from which labels teach reliably: with 25, one of three label seeds went
 * astray (docs/methods/in-the-tab.md).
 */
export const ENOUGH_LABELS = 50

/** Returns the display name of an ending, as in `None` or `Left`. */
export function endingName(ending: Ending): string {
  return capitalised(ending)
}

/** Number of colours for jumppads that the first island does not have. */
const OTHER_COLOURS = 4

/**
 * Returns the colour of an ending among those of its island. Jumppads that the first island does not have get other
 * colours in turn, which begin again from the fifth on.
 */
export function endingColour(ending: Ending, endings: readonly Ending[] = HOME_ENDINGS): string {
  if (isAtHome(ending)) return `var(--ending-${ending})`
  const others = endings.filter((each) => !isAtHome(each))
  return `var(--ending-other-${1 + (Math.max(0, others.indexOf(ending)) % OTHER_COLOURS)})`
}

/** Returns whether the first island has an ending. */
function isAtHome(ending: Ending): boolean {
  return HOME_ENDINGS.some((each) => each === ending)
}

/** Names of the ways in which several answers to a pair become one. */
export const AGGREGATION_NAMES: Readonly<Record<AggregationMethod, string>> = {
  majority: 'Majority',
  mean: 'Mean',
  'dawid-skene': 'Dawid–Skene',
}

export function endingSentence(ending: Ending, decisions: number): string {
  if (ending === 'none') return `Reached no jumppad in ${decisions} decisions.`
  return `Reached the ${ending} jumppad after ${decisions} decisions.`
}

export const SWIM_SENTENCE = 'Fell into the sea and returned to the start.'

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export const START_NAMES = {
  spawn: 'Starts at a spawn',
  'facing-backwards': 'Starts facing backwards',
  'side-platform': 'Starts on a side platform',
  'past-jumppads': 'Starts past the jumppads',
} as const

/** Counts endings, as in `2 at the left jumppad, 1 at no jumppad`; `none yet` if there are none. */
export function listOfEndings(endings: readonly Ending[]): string {
  const counts = new Map<Ending, number>()
  for (const ending of endings) counts.set(ending, (counts.get(ending) ?? 0) + 1)
  const parts = [...counts].map(([ending, count]) =>
    ending === 'none' ? `${count} at no jumppad` : `${count} at the ${ending} jumppad`,
  )
  return parts.length === 0 ? 'none yet' : parts.join(', ')
}

export function endingPhrase(ending: Ending): string {
  return ending === 'none' ? 'Has touched no jumppad' : `Touches the ${ending} jumppad`
}

/** Returns a sentence that records written by another release were left alone. */
export function unreadableSentence(count: number, one: 'record' | 'run'): string {
  return `${countOf(count, one)} in this browser cannot be read by this version of Jumppad and ${count === 1 ? 'was' : 'were'} left unchanged: reload the page to get the newest version.`
}
