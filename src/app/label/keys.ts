/** Keyboard shortcuts of the labelling desk. */
import { PRESSED, TYPED_INTO } from '../ui/shortcuts.ts'
import { CHARACTER_COMMANDS, type CharacterCommand, type KeyMap } from './view.ts'
import type { Answer } from './words.ts'

export type Command = Answer | 'pause' | 'undo' | 'leave' | 'begin' | CharacterCommand

interface FixedKey {
  /** Value of `KeyboardEvent.key`. */
  readonly key: string
  /** Display name. */
  readonly keys: string
  readonly command: Command
  readonly does: string
}

/** Keys that cannot be remapped or switched off. */
export const FIXED_KEYS: readonly FixedKey[] = [
  { key: 'ArrowLeft', keys: '←', command: 'left', does: 'Prefer the left clip' },
  { key: 'ArrowRight', keys: '→', command: 'right', does: 'Prefer the right clip' },
  { key: 'ArrowUp', keys: '↑', command: 'tie', does: 'Tie: neither is better' },
  { key: 'ArrowDown', keys: '↓', command: 'cannot tell', does: 'Can’t tell' },
  { key: ' ', keys: 'Space', command: 'pause', does: 'Pause or play' },
  {
    key: 'Backspace',
    keys: 'Backspace',
    command: 'undo',
    does: 'Undo: previous pair, any number of times',
  },
  { key: 'Escape', keys: 'Esc', command: 'leave', does: 'Return to the newest pair' },
  { key: 'Enter', keys: 'Enter', command: 'begin', does: 'Start the session' },
]

/** Elements that need every key themselves: inputs, choices, and dialogs above the desk. */
const TYPING = `input, ${TYPED_INTO}, [role=slider], [role=listbox] *`

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat' | 'target'>

/**
 * Returns the command of a key press; undefined for one that is meant for something else. A key that is
 * held down counts once, so that it does not answer the pair that appears meanwhile.
 */
export function commandOf(event: Pressed, keys: KeyMap, characters: boolean): Command | undefined {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return undefined
  const { key, target } = event
  if (target instanceof Element && target.matches(TYPING)) return undefined
  const fixed = FIXED_KEYS.find((each) => each.key === key)?.command
  const presses = fixed === 'pause' || fixed === 'begin'
  if (presses && target instanceof Element && target.matches(PRESSED)) return undefined
  return fixed ?? (characters ? characterCommand(key, keys) : undefined)
}

function characterCommand(key: string, keys: KeyMap): CharacterCommand | undefined {
  return CHARACTER_COMMANDS.find((command) => keys[command] === key.toLowerCase())
}

/** Maps `command` to `character`; the command that had it before gets the other's key in exchange. */
export function remapped(keys: KeyMap, command: CharacterCommand, character: string): KeyMap {
  const wanted = character.toLowerCase()
  const before = CHARACTER_COMMANDS.find((each) => keys[each] === wanted)
  return {
    ...keys,
    ...(before === undefined ? {} : { [before]: keys[command] }),
    [command]: wanted,
  }
}
