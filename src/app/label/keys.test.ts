import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { commandOf, reasonOf, remapped } from './keys.ts'
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

const layout = (changes: Partial<Parameters<typeof commandOf>[1]> = {}) => ({
  ...{ keys: DEFAULT_KEYS, characters: true, scale: 'two-way' as const },
  ...changes,
})

const press = (key: string, changes = {}) => ({
  key,
  shiftKey: false,
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
      expect(keys.map((key) => commandOf(press(key), layout({ characters })))).toEqual([
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
    expect(commandOf(press('ArrowLeft', { repeat: true }), layout())).toBeUndefined()
    expect(commandOf(press('ArrowLeft', { altKey: true }), layout())).toBeUndefined()
    expect(commandOf(press('r', { ctrlKey: true }), layout())).toBeUndefined()
  })

  it('are left to text fields and dialogs, and Space to buttons', () => {
    const at = (key: string, tag: string) =>
      commandOf(press(key, { target: new Target(tag) }), layout())
    expect(at('ArrowLeft', 'input')).toBeUndefined()
    expect(at('r', '[role=dialog] *')).toBeUndefined()
    expect(at(' ', 'button')).toBeUndefined()
    expect(at('ArrowLeft', 'button')).toBe('left')
  })

  it('that are characters can be turned off and changed, and never share a command', () => {
    expect(commandOf(press('R'), layout())).toBe('replay')
    expect(commandOf(press('r'), layout({ characters: false }))).toBeUndefined()
    const swapped = remapped(DEFAULT_KEYS, 'replay', 'C')
    expect(commandOf(press('c'), layout({ keys: swapped }))).toBe('replay')
    expect(commandOf(press('r'), layout({ keys: swapped }))).toBe('camera')
  })

  it('give graded answers with Shift and without', () => {
    const graded = (key: string, shiftKey: boolean) =>
      commandOf(press(key, { shiftKey }), layout({ scale: 'graded' }))
    expect([false, true].map((shift) => graded('ArrowLeft', shift))).toEqual(['left', 'much left'])
    expect([false, true].map((shift) => graded('ArrowRight', shift))).toEqual([
      'right',
      'much right',
    ])
    expect(graded('ArrowUp', false)).toBe('tie')
    // Two-way answers have no such difference.
    expect(commandOf(press('ArrowLeft', { shiftKey: true }), layout())).toBe('left')
  })

  it('tick reasons by digits, except in text fields', () => {
    const reasons = ['shorter', 'straighter']
    expect(['1', '2', '3', '0', 'x'].map((key) => reasonOf(press(key), reasons))).toEqual([
      ...reasons,
      ...[undefined, undefined, undefined],
    ])
    expect(reasonOf(press('1', { target: new Target('input') }), reasons)).toBeUndefined()
    expect(reasonOf(press('1', { ctrlKey: true }), reasons)).toBeUndefined()
  })
})
