/**
 * Keeps the keyboard's place. When the focused element is removed or disabled, the focus would move to the
 * body, from where a screen reader starts again at the top of the page.
 */
import { focusPage } from './focus-page.ts'

/** Moves the focus to the nearest element around one that loses it that way; returns a stop function. */
export function guardFocus(): () => void {
  /** Focused element, then those around it. */
  let path: readonly HTMLElement[] = []

  const remember = (event: FocusEvent) => {
    path = event.composedPath().filter((target) => target instanceof HTMLElement)
  }

  const forget = () => {
    // Some browsers report it for an element that is being removed, too.
    queueMicrotask(() => {
      const [focused] = path
      if (focused && !isUnfocusable(focused) && focused !== document.activeElement) path = []
    })
  }

  const observer = new MutationObserver(() => {
    const [focused, ...around] = path
    if (focused === undefined || !isUnfocusable(focused)) return
    path = []
    // Whatever took it away may have moved the focus itself.
    const { activeElement } = document
    if (activeElement === null || activeElement === document.body || activeElement === focused)
      focusNearest(around)
  })

  document.addEventListener('focusin', remember)
  document.addEventListener('focusout', forget)
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled'],
  })
  return () => {
    document.removeEventListener('focusin', remember)
    document.removeEventListener('focusout', forget)
    observer.disconnect()
  }
}

function isUnfocusable(element: HTMLElement): boolean {
  return !element.isConnected || element.matches(':disabled')
}

/**
 * Focuses the nearest of these elements that is still there, or the nearest part of the page that is made to be
 * focused. Nothing happens around a dialog as a whole, which moves the focus itself when it closes.
 */
function focusNearest(around: readonly HTMLElement[]): void {
  const left = around.filter((each) => each.isConnected && !each.closest('fieldset:disabled'))
  const [nearest] = left
  if (nearest === undefined || nearest === document.body) return
  // All dialogs are in one such element of the body, which stays.
  if (nearest.hasAttribute('data-portal')) return
  const part = left.find((each) => each.hasAttribute('tabindex') && each.id !== 'main')
  if (part) part.focus({ preventScroll: true })
  else if (nearest.contains(document.getElementById('main'))) focusPage({ preventScroll: true })
  else focusOnce(nearest)
}

/** Focuses an element that need not be focusable, and leaves it as it was. */
function focusOnce(element: HTMLElement): void {
  const leave = () => {
    // The window may have lost the focus, and gives it back to this element.
    if (document.activeElement === element) return
    element.removeEventListener('blur', leave)
    element.removeAttribute('tabindex')
  }
  element.tabIndex = -1
  element.addEventListener('blur', leave)
  element.focus({ preventScroll: true })
}
