import { Modal, Switch, TextInput } from '@mantine/core'
import { usePreferences } from '../stores/preferences.ts'
import list from '../ui/KeyList.module.css'
import { KeyList } from '../ui/KeyList.tsx'
import { SteadyButton } from '../ui/SteadyButton.tsx'
import classes from './KeysDialog.module.css'
import { fixedKeys, remapped } from './keys.ts'
import { useDesk } from './store.ts'
import { CHARACTER_COMMANDS, type CharacterCommand, DEFAULT_KEYS, useView } from './view.ts'

const COMMAND_NAMES: Readonly<Record<CharacterCommand, string>> = {
  replay: 'Replay both clips',
  'speed 1': 'Speed 1×',
  'speed 2': 'Speed 2×',
  'speed 3': 'Speed 3×',
  'speed 4': 'Speed 4×',
  camera: 'Next camera',
  keys: 'Show keyboard shortcuts',
}

interface KeysDialogProps {
  readonly opened: boolean
  onClose(): void
}

/** Renders the list of shortcuts; characters can be remapped or switched off. */
export function KeysDialog({ opened, onClose }: KeysDialogProps) {
  const keys = useView((view) => view.keys)
  const characters = usePreferences((preferences) => preferences.letterShortcuts)
  const scale = useDesk((state) => state.scale)
  const study = useDesk((state) => state.session?.study)
  const taken = useDesk(({ reasons }) => Math.min(9, reasons.length))
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Keyboard shortcuts"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <KeyList keys={fixedKeys(scale).filter(({ command }) => command !== 'begin' || !study)} />
      <Reasons characters={characters} />
      <Switch
        mb={14}
        label="Letter and digit shortcuts"
        checked={characters}
        onChange={({ currentTarget }) =>
          usePreferences.setState({ letterShortcuts: currentTarget.checked })
        }
      />
      <div className={list.list}>
        {CHARACTER_COMMANDS.map((command) => (
          <div
            key={command}
            className={`${list.row} ${classes.row}`}
            data-off={!characters || isTaken(keys[command], taken) || undefined}
          >
            <TextInput
              size="xs"
              aria-label={`Key: ${COMMAND_NAMES[command]}`}
              value={keys[command]}
              disabled={!characters}
              onFocus={({ currentTarget }) => currentTarget.select()}
              onChange={({ currentTarget }) => {
                const character = currentTarget.value.trim().slice(-1)
                if (character) useView.setState({ keys: remapped(keys, command, character) })
              }}
            />
            <span>
              {COMMAND_NAMES[command]}
              {isTaken(keys[command], taken) ? ' (the key ticks a reason)' : ''}
            </span>
          </div>
        ))}
      </div>
      <SteadyButton
        isReady={keys !== DEFAULT_KEYS}
        onClick={() => useView.setState({ keys: DEFAULT_KEYS })}
      >
        Reset
      </SteadyButton>
    </Modal>
  )
}

/** Returns whether a key is one of the first digits, which tick the reasons of a study. */
function isTaken(key: string, reasons: number): boolean {
  return /^[1-9]$/.test(key) && Number(key) <= reasons
}

/** Renders the digits that tick reasons; they take precedence over other commands of these digits. */
function Reasons({ characters }: { readonly characters: boolean }) {
  const reasons = useDesk((state) => state.reasons)
  if (reasons.length === 0) return null
  return (
    <KeyList
      keys={reasons.slice(0, 9).map((reason, index) => ({
        keys: String(index + 1),
        does: `Tick the reason “${reason}”`,
        off: !characters,
      }))}
    />
  )
}
