import { type HotkeyItem, useHotkeys } from '@mantine/hooks'
import { usePreferences } from '../stores/preferences.ts'
import { useWatch } from '../stores/watch.ts'
import { CAMERAS, changeWatchSettings, currentWatchSettings } from '../stores/watch-settings.ts'
import { PRESSED, TYPED_INTO } from '../ui/shortcuts.ts'
import type { Playback } from './playback.ts'

/** Selector of elements that handle Space themselves; on a chosen radio button Space does nothing. */
const PRESSED_BY_SPACE = `${TYPED_INTO}, ${PRESSED}, [type=checkbox], [type=radio]:not(:checked)`

/** Installs the page's hotkeys: Space, Escape and, unless turned off, single characters. */
export function useWatchHotkeys(playback: Playback | undefined): void {
  const letters = usePreferences((preferences) => preferences.letterShortcuts)
  const always = [
    hotkey('Space', PRESSED_BY_SPACE, () => playback?.toggle()),
    hotkey('Escape', TYPED_INTO, () => playback?.handBack()),
  ]
  const single = [
    hotkey('R', TYPED_INTO, () => playback?.restart()),
    hotkey('N', TYPED_INTO, () => playback?.nextSeed()),
    hotkey('C', TYPED_INTO, nextCamera),
    hotkey('T', TYPED_INTO, () => void playback?.takeOver()),
    hotkey('.', TYPED_INTO, () => playback?.step()),
    hotkey(',', TYPED_INTO, () => playback?.seek(useWatch.getState().decisions - 1)),
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
