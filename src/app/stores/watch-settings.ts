/** Settings of the Watch page that are in its address. */

import { START_KINDS } from '../../island/index.ts'
import { DEVICE_CHOICES } from '../../lab/worker/choices.ts'
import { addressSettings } from './address-settings.ts'
import { replaceParams } from './route.ts'
import { choiceProperty, integerProperty, textProperty } from './url-properties.ts'
import { withoutMoment } from './watch-moment.ts'

export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const
export const CAMERAS = ['chase', 'orbit', 'map'] as const
export type CameraKind = (typeof CAMERAS)[number]

/** Largest seed that a visitor can type; the island takes any uint32. */
export const LARGEST_SEED = 4_294_967_295

/** Maximum number of agents that are watched at once. */
export const MOST_AGENTS = 4

/** Island in the address; see `islandOf`. */
export const ISLAND_PROPERTY = textProperty('home')

const WATCH_PROPERTIES = {
  /** Comma-separated stages or file names of shipped models, or names of models kept in this browser. */
  model: textProperty('base'),
  // A seed with a clear day over green land, as it is the first that a visitor sees.
  seed: integerProperty(0, LARGEST_SEED, 2933),
  start: choiceProperty(START_KINDS, 'spawn'),
  island: ISLAND_PROPERTY,
  speed: choiceProperty(SPEEDS, 1),
  camera: choiceProperty(CAMERAS, 'chase'),
  device: choiceProperty(DEVICE_CHOICES, 'auto'),
  /** Holder of the gamepad at the start: the agent or, in links from the editor, the visitor. */
  hands: choiceProperty(['agent', 'own'], 'agent'),
}

/** Settings that determine the episode: changing one makes a moment in the address meaningless. */
const OF_THE_EPISODE = ['model', 'seed', 'start', 'island'] as const

const settings = addressSettings(WATCH_PROPERTIES)
export const currentWatchSettings = settings.current
export const useWatchSettings = settings.useSettings

export type WatchSettings = ReturnType<typeof currentWatchSettings>

export function changeWatchSettings(changes: Partial<WatchSettings>): void {
  const params = settings.paramsWith(changes)
  const other = OF_THE_EPISODE.some((name) => changes[name] !== undefined)
  replaceParams(other ? withoutMoment(params) : params)
}

/** Returns the parameters that lead to an episode with these settings. */
export function watchParams(changes: Partial<WatchSettings>): URLSearchParams {
  return settings.paramsWith(changes, new URLSearchParams())
}

/** Returns the model names in `model`, one per agent, at most `MOST_AGENTS`; `base` if there are none. */
export function namesOf(model: string): string[] {
  const names = model.split(',').filter((name) => name !== '')
  return names.length === 0 ? ['base'] : names.slice(0, MOST_AGENTS)
}
