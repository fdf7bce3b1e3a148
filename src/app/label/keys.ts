/** Keyboard shortcuts of the labelling desk. */
import type { AnswerScale } from '../../study/study.ts'
import { PRESSED, TYPED_INTO } from '../ui/shortcuts.ts'
import { ANSWER_CHOICES, type Answer } from './answers.ts'
import { CHARACTER_COMMANDS, type CharacterCommand, type KeyMap } from './view.ts'

export type Command = Answer | 'pause' | 'undo' | 'leave' | 'begin' | CharacterCommand

interface FixedKey {
  /** Value of `KeyboardEvent.key`. */
  readonly key: string
  /** Whether Shift has to be held; undefined for either. */
  readonly shift?: boolean
  /** Display name. */
  readonly keys: string
  readonly command: Command
  readonly does: string
}

/** Keys besides those of the answers that cannot be remapped or switched off. */
const OTHER_KEYS: readonly FixedKey[] = [
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

/** Returns the keys that cannot be remapped or switched off, those of the answers first. */
export function fixedKeys(scale: AnswerScale): FixedKey[] {
  const answers = ANSWER_CHOICES[scale].map(({ answer, ...key }) => ({ ...key, command: answer }))
  return [...answers, ...OTHER_KEYS]
}

/** Elements that need every key themselves: inputs, choices, and dialogs above the desk. */
const TYPING = `input, ${TYPED_INTO}, [role=slider], [role=listbox] *`

type Pressed = Pick<
  KeyboardEvent,
  'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat' | 'target'
>

/** What the keys mean at present. */
interface KeyLayout {
  readonly keys: KeyMap
  /** Whether characters are shortcuts. */
  readonly characters: boolean
  readonly scale: AnswerScale
}

/**
 * Returns the command of a key press; undefined for one that is meant for something else. A key that is
 * held down counts once, so that it does not answer the pair that appears meanwhile.
 */
export function commandOf(
  event: Pressed,
  { keys, characters, scale }: KeyLayout,
): Command | undefined {
  if (!isMeantForDesk(event)) return undefined
  const { key, shiftKey, target } = event
  const fixed = fixedKeys(scale).find(
    (each) => each.key === key && (each.shift === undefined || each.shift === shiftKey),
  )?.command
  const presses = fixed === 'pause' || fixed === 'begin'
  if (presses && target instanceof Element && target.matches(PRESSED)) return undefined
  return fixed ?? (characters ? characterCommand(key, keys) : undefined)
}

/** Returns the reason that a digit ticks, 1 for the first. */
export function reasonOf(event: Pressed, reasons: readonly string[]): string | undefined {
  return isMeantForDesk(event) && /^[1-9]$/.test(event.key)
    ? reasons[Number(event.key) - 1]
    : undefined
}

function isMeantForDesk({ ctrlKey, altKey, metaKey, repeat, target }: Pressed): boolean {
  if (ctrlKey || altKey || metaKey || repeat) return false
  return !(target instanceof Element && target.matches(TYPING))
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
