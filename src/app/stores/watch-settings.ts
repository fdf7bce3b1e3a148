/** What is watched and how: the part of the Watch page that lives in its address. */
import { useMemo } from 'react'
import { START_KINDS } from '../../island/index.ts'
import { DEVICE_CHOICES } from '../../lab/protocol.ts'
import { replaceParams, useRoute } from './route.ts'
import {
  choiceProperty,
  integerProperty,
  readProperties,
  textProperty,
  writeProperties,
} from './url-properties.ts'

export const SPEEDS = [0.25, 0.5, 1, 2, 4] as const
export const CAMERAS = ['chase', 'orbit', 'map'] as const
export type CameraKind = (typeof CAMERAS)[number]

/** Seeds a visitor can type; the island takes any uint32. */
export const LARGEST_SEED = 4_294_967_295

const WATCH_PROPERTIES = {
  /** Stage of a shipped model, or the name of its file. */
  model: textProperty('base'),
  // A clear day over green land is the first that a visitor sees.
  seed: integerProperty(0, LARGEST_SEED, 2933),
  start: choiceProperty(START_KINDS, 'spawn'),
  speed: choiceProperty(SPEEDS, 1),
  camera: choiceProperty(CAMERAS, 'chase'),
  device: choiceProperty(DEVICE_CHOICES, 'auto'),
}

export type WatchSettings = ReturnType<typeof readWatchSettings>

/** `?device=` before the hash counts too, so that a link need not know the page. */
export function readWatchSettings(params: URLSearchParams) {
  const merged = new URLSearchParams(window.location.search)
  for (const [name, value] of params) merged.set(name, value)
  return readProperties(WATCH_PROPERTIES, merged)
}

export function currentWatchSettings(): WatchSettings {
  return readWatchSettings(useRoute.getState().params)
}

export function useWatchSettings(): WatchSettings {
  const params = useRoute((route) => route.params)
  return useMemo(() => readWatchSettings(params), [params])
}

export function changeWatchSettings(changes: Partial<WatchSettings>): void {
  replaceParams(writeProperties(WATCH_PROPERTIES, changes, useRoute.getState().params))
}
