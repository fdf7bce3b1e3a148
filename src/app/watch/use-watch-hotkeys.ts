import { useHotkeys } from '@mantine/hooks'
import { usePreferences } from '../stores/preferences.ts'
import { CAMERAS, changeWatchSettings, currentWatchSettings } from '../stores/watch-settings.ts'
import type { Playback } from './playback.ts'

/** Fields and buttons keep their own use of the keys. */
const KEEPS_SPACE = ['INPUT', 'TEXTAREA', 'SELECT', 'BUTTON', 'A']
const KEEPS_LETTERS = ['INPUT', 'TEXTAREA', 'SELECT']

export function useWatchHotkeys(playback: Playback | undefined): void {
  const letters = usePreferences((preferences) => preferences.letterShortcuts)
  useHotkeys([['Space', () => playback?.toggle()]], KEEPS_SPACE)
  useHotkeys(
    letters
      ? [
          ['R', () => playback?.restart()],
          ['N', () => playback?.nextSeed()],
          ['C', nextCamera],
        ]
      : [],
    KEEPS_LETTERS,
  )
}

function nextCamera(): void {
  const at = CAMERAS.indexOf(currentWatchSettings().camera)
  changeWatchSettings({ camera: CAMERAS[(at + 1) % CAMERAS.length] ?? 'chase' })
}
