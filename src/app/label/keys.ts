/** Keyboard shortcuts of the labelling desk. */
import { CHARACTER_COMMANDS, type CharacterCommand, type KeyMap } from './view.ts'
import type { Answer } from './words.ts'

export type Command = Answer | 'pause' | 'undo' | 'leave' | 'begin' | CharacterCommand

/** Keys that cannot be remapped or switched off. */
const FIXED_KEYS: readonly { readonly key: string; readonly command: Command }[] = [
  { key: 'ArrowLeft', command: 'left' },
  { key: 'ArrowRight', command: 'right' },
  { key: 'ArrowUp', command: 'tie' },
  { key: 'ArrowDown', command: 'cannot tell' },
  { key: ' ', command: 'pause' },
  { key: 'Backspace', command: 'undo' },
  { key: 'Escape', command: 'leave' },
  { key: 'Enter', command: 'begin' },
]

/** Elements that need every key themselves: inputs, choices, and dialogs above the desk. */
const TYPING =
  'input, textarea, select, [contenteditable], [role=dialog], [role=dialog] *, [role=slider], [role=listbox] *'

/** Elements that Space and Enter press. */
const PRESSED = 'button, a, summary'

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
