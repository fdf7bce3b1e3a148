/** Keys that undo and redo. */
import { type RefObject, useEffect } from 'react'
import { flushSync } from 'react-dom'
import { redo, undo } from './editing.ts'

/** Selector of elements that have an undo of their own, or lie above the page. */
const OWN_UNDO =
  'input:not([type=checkbox], [type=radio]), textarea, [contenteditable], [role=dialog] *'

/**
 * Undoes and redoes by keys, wherever on the page the focus is. If what has the focus goes with the step, the
 * drawing takes it.
 */
export function useUndoKeys(drawing: RefObject<SVGSVGElement | null>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const step = stepOf(event)
      if (step === undefined) return
      event.preventDefault()
      const focused = document.activeElement
      // At once, so that it is known here what is gone.
      flushSync(step)
      if (focused?.isConnected === false) drawing.current?.focus()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [drawing])
}

/** Returns what a key press asks for; undefined if it is meant for something else. */
function stepOf(event: KeyboardEvent): (() => void) | undefined {
  const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event
  if (!(ctrlKey || metaKey) || altKey || key.toLowerCase() !== 'z') return undefined
  if (target instanceof Element && target.matches(OWN_UNDO)) return undefined
  return shiftKey ? redo : undo
}
