import { ActionIcon, Kbd, Popover, Switch, Text } from '@mantine/core'
import { usePreferences } from '../stores/preferences.ts'
import { KeyboardIcon } from '../ui/icons.tsx'
import classes from './Shortcuts.module.css'

const SHORTCUTS = [
  { keys: 'Space', letter: false, does: 'Pause or play' },
  { keys: 'R', letter: true, does: 'Restart this episode' },
  { keys: 'N', letter: true, does: 'Next seed' },
  { keys: 'C', letter: true, does: 'Next camera' },
  { keys: ', .', letter: true, does: 'One decision back or on' },
  { keys: 'T', letter: true, does: 'Take over the gamepad' },
  { keys: 'Esc', letter: false, does: 'Hand it back' },
] as const

/** Button that shows the keyboard shortcuts, with a switch for those of a single letter. */
export function ShortcutsButton({ className }: { readonly className: string | undefined }) {
  const letters = usePreferences((preferences) => preferences.letterShortcuts)
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          className={className ?? ''}
          variant="default"
          size="lg"
          aria-label="Keyboard shortcuts"
        >
          <KeyboardIcon />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <dl className={classes.list}>
          {SHORTCUTS.map(({ keys, letter, does }) => (
            <div key={keys} className={classes.row} data-off={(letter && !letters) || undefined}>
              <dt>
                <Kbd>{keys}</Kbd>
              </dt>
              <dd>
                <Text size="sm">{does}</Text>
              </dd>
            </div>
          ))}
        </dl>
        <Switch
          label="Shortcuts of a single letter"
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
