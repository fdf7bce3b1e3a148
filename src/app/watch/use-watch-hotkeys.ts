import { type HotkeyItem, useHotkeys } from '@mantine/hooks'
import { usePreferences } from '../stores/preferences.ts'
import { CAMERAS, changeWatchSettings, currentWatchSettings } from '../stores/watch-settings.ts'
import type { Playback } from './playback.ts'

/** What needs letters for itself. */
const TYPING = 'input:not([type=radio], [type=checkbox]), textarea, select, [role=dialog] *'

/** What Space presses. A chosen radio button is not among them: there Space does nothing. */
const PRESSED_BY_SPACE = `${TYPING}, button, a, [type=checkbox], [type=radio]:not(:checked)`

/** Space pauses, letters do the rest unless they were turned off. */
export function useWatchHotkeys(playback: Playback | undefined): void {
  const letters = usePreferences((preferences) => preferences.letterShortcuts)
  const restart = hotkey('R', TYPING, () => playback?.restart())
  const next = hotkey('N', TYPING, () => playback?.nextSeed())
  const camera = hotkey('C', TYPING, nextCamera)
  const pause = hotkey('Space', PRESSED_BY_SPACE, () => playback?.toggle())
  useHotkeys(letters ? [pause, restart, next, camera] : [pause], [])
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
