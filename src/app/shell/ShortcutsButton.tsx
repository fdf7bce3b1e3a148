import { ActionIcon, Popover, Switch } from '@mantine/core'
import { usePreferences } from '../stores/preferences.ts'
import { KeyboardIcon } from '../ui/icons.tsx'
import { KeyList } from '../ui/KeyList.tsx'

const SHORTCUTS = [
  { keys: 'Space', letter: false, does: 'Pause or play' },
  { keys: 'R', letter: true, does: 'Restart this episode' },
  { keys: 'N', letter: true, does: 'Next seed' },
  { keys: 'C', letter: true, does: 'Next camera' },
  { keys: ', .', letter: true, does: 'One decision back or forward' },
  { keys: 'T', letter: true, does: 'Take over' },
  { keys: 'Esc', letter: false, does: 'Hand back' },
] as const

/** Button that shows the keyboard shortcuts, with a switch for the single-letter ones. */
export function ShortcutsButton() {
  const letters = usePreferences((preferences) => preferences.letterShortcuts)
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon visibleFrom="xs" variant="default" size="lg" aria-label="Keyboard shortcuts">
          <KeyboardIcon />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <KeyList
          keys={SHORTCUTS.map(({ letter, ...row }) => ({ ...row, off: letter && !letters }))}
        />
        <Switch
          label="Single-letter shortcuts"
          size="sm"
          checked={letters}
          onChange={({ currentTarget }) =>
            usePreferences.setState({ letterShortcuts: currentTarget.checked })
          }
        />
      </Popover.Dropdown>
    </Popover>
  )
}
