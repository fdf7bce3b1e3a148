import { type HotkeyItem, useHotkeys } from '@mantine/hooks'
import { usePreferences } from '../stores/preferences.ts'
import { useWatch } from '../stores/watch.ts'
import { CAMERAS, changeWatchSettings, currentWatchSettings } from '../stores/watch-settings.ts'
import type { Playback } from './playback.ts'
import { TYPING } from './typing.ts'

/** Selector of elements that handle Space themselves; on a chosen radio button Space does nothing. */
const PRESSED_BY_SPACE = `${TYPING}, button, a, summary, [type=checkbox], [type=radio]:not(:checked)`

/** Installs the page's hotkeys: Space, Escape and, unless turned off, single characters. */
export function useWatchHotkeys(playback: Playback | undefined): void {
  const letters = usePreferences((preferences) => preferences.letterShortcuts)
  const always = [
    hotkey('Space', PRESSED_BY_SPACE, () => playback?.toggle()),
    hotkey('Escape', TYPING, () => playback?.handBack()),
  ]
  const single = [
    hotkey('R', TYPING, () => playback?.restart()),
    hotkey('N', TYPING, () => playback?.nextSeed()),
    hotkey('C', TYPING, nextCamera),
    hotkey('T', TYPING, () => void playback?.takeOver()),
    hotkey('.', TYPING, () => playback?.step()),
    hotkey(',', TYPING, () => playback?.seek(useWatch.getState().decisions - 1)),
  ]
  useHotkeys(letters ? [...always, ...single] : always, [])
}

/** Returns a hotkey that does nothing while an element matching `ignored` has the focus. */
function hotkey(key: string, ignored: string, act: () => void): HotkeyItem {
  const press = (event: KeyboardEvent) => {
    if (event.target instanceof Element && event.target.matches(ignored)) return
    event.preventDefault()
    act()
  }
  return [key, press, { preventDefault: false }]
}

function nextCamera(): void {
  const at = CAMERAS.indexOf(currentWatchSettings().camera)
  changeWatchSettings({ camera: CAMERAS[(at + 1) % CAMERAS.length] ?? 'chase' })
}
