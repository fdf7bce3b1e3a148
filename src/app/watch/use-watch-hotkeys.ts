import { type HotkeyItem, useHotkeys } from '@mantine/hooks'
import { usePreferences } from '../stores/preferences.ts'
import { useWatch } from '../stores/watch.ts'
import { CAMERAS, changeWatchSettings, currentWatchSettings } from '../stores/watch-settings.ts'
import type { Playback } from './playback.ts'
import { TYPING } from './typing.ts'

/** What Space presses. A chosen radio button is not among them: there Space does nothing. */
const PRESSED_BY_SPACE = `${TYPING}, button, a, summary, [type=checkbox], [type=radio]:not(:checked)`

/** Space pauses, letters do the rest unless they were turned off. */
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

/** A key that does nothing where what has the focus has a use for it. */
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
