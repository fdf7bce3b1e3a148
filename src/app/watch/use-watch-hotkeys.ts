import { type HotkeyItem, useHotkeys } from '@mantine/hooks'
import { usePreferences } from '../stores/preferences.ts'
import { useWatch } from '../stores/watch.ts'
import { CAMERAS, changeWatchSettings, currentWatchSettings } from '../stores/watch-settings.ts'
import { PRESSED, TYPED_INTO } from '../ui/shortcuts.ts'
import type { Playback } from './playback.ts'

/** What Space presses. A chosen radio button is not among them: there Space does nothing. */
const PRESSED_BY_SPACE = `${TYPED_INTO}, ${PRESSED}, [type=checkbox], [type=radio]:not(:checked)`

/** Space pauses, letters do the rest unless they were turned off. */
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
