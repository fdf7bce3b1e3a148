import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { commandOf, remapped } from './keys.ts'
import { DEFAULT_KEYS } from './view.ts'

/** Target of a key press, which matches selectors by its tag alone. */
class Target extends EventTarget {
  readonly #tag: string

  constructor(tag: string) {
    super()
    this.#tag = tag
  }

  matches(selectors: string): boolean {
    return selectors.split(', ').includes(this.#tag)
  }
}
beforeEach(() => void vi.stubGlobal('Element', Target))
afterEach(() => void vi.unstubAllGlobals())

const press = (key: string, changes = {}) => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  target: null,
  ...changes,
})

describe('the keys of the desk', () => {
  it('answer, pause and go back, whatever the character keys are set to', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', ' ', 'Backspace']
    for (const characters of [true, false]) {
      expect(keys.map((key) => commandOf(press(key), DEFAULT_KEYS, characters))).toEqual([
        'left',
        'right',
        'tie',
        'cannot tell',
        'pause',
        'undo',
      ])
    }
  })

  it('count once while held down, and leave browser shortcuts alone', () => {
    expect(commandOf(press('ArrowLeft', { repeat: true }), DEFAULT_KEYS, true)).toBeUndefined()
    expect(commandOf(press('ArrowLeft', { altKey: true }), DEFAULT_KEYS, true)).toBeUndefined()
    expect(commandOf(press('r', { ctrlKey: true }), DEFAULT_KEYS, true)).toBeUndefined()
  })

  it('are left to text fields and dialogs, and Space to buttons', () => {
    const at = (key: string, tag: string) =>
      commandOf(press(key, { target: new Target(tag) }), DEFAULT_KEYS, true)
    expect(at('ArrowLeft', 'input')).toBeUndefined()
    expect(at('r', '[role=dialog] *')).toBeUndefined()
    expect(at(' ', 'button')).toBeUndefined()
    expect(at('ArrowLeft', 'button')).toBe('left')
  })

  it('that are characters can be turned off and changed, and never share a command', () => {
    expect(commandOf(press('R'), DEFAULT_KEYS, true)).toBe('replay')
    expect(commandOf(press('r'), DEFAULT_KEYS, false)).toBeUndefined()
    const swapped = remapped(DEFAULT_KEYS, 'replay', 'C')
    expect(commandOf(press('c'), swapped, true)).toBe('replay')
    expect(commandOf(press('r'), swapped, true)).toBe('camera')
  })
})
