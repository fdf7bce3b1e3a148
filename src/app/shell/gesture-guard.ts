/**
 * Keeps one gesture from acting twice. Many controls act on what they have just changed: the second
 * click of a double click would answer a pair that was never seen, or confirm a deletion that the
 * first click only requested.
 */

/** Selects the guarded controls, which act on a click. Double clicks on text only select it. */
const CONTROLS = 'button, a, summary, [role=button], [role=tab]'

/** Selects controls that are meant to be clicked in quick succession, such as those that step a recording. */
const RAPID = '[data-rapid]'

/** Limits within which two taps are one double tap, in ms and CSS pixels; not every browser counts taps. */
const DOUBLE_TAP = { milliseconds: 350, pixels: 40 }

/** Ignores further clicks of a double click and a held Enter key on controls; returns a stop function. */
export function guardGestures(): () => void {
  let lastTap: PointerEvent | undefined

  const isSecondTap = (event: MouseEvent): boolean => {
    if (!(event instanceof PointerEvent) || event.pointerType === 'mouse') return false
    const before = lastTap
    lastTap = event
    return (
      before !== undefined &&
      event.timeStamp - before.timeStamp < DOUBLE_TAP.milliseconds &&
      Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY) < DOUBLE_TAP.pixels
    )
  }

  const click = (event: MouseEvent) => {
    // Clicks by keyboard have a detail of 0.
    if (event.detail === 0 || !isControl(event.target)) return
    if (isSecondTap(event) || event.detail > 1) stop(event)
  }

  const press = (event: KeyboardEvent) => {
    if (event.repeat && event.key === 'Enter' && isControl(event.target)) stop(event)
  }

  window.addEventListener('click', click, true)
  window.addEventListener('keydown', press, true)
  return () => {
    window.removeEventListener('click', click, true)
    window.removeEventListener('keydown', press, true)
  }
}

function isControl(target: EventTarget | null): boolean {
  const control = target instanceof Element ? target.closest(CONTROLS) : null
  return control !== null && control.closest(RAPID) === null
}

function stop(event: Event): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}
