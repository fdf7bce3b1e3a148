/** A screen that is touched, and a finger on it. */
import { onTestFinished } from 'vitest'
import { cdp, type Locator } from 'vitest/browser'

/** Gives the test a screen that is touched, with no mouse. */
export async function useTouchScreen(): Promise<void> {
  await setTouch({ enabled: true, maxTouchPoints: 1 })
  onTestFinished(() => setTouch({ enabled: false }))
}

async function setTouch(screen: { enabled: boolean; maxTouchPoints?: number }): Promise<void> {
  await cdp().send('Emulation.setTouchEmulationEnabled', screen)
}

/** Taps the middle of what is found, which has to be in the window; `times` without a pause. */
export async function tap(locator: Locator, times = 1): Promise<void> {
  const point = inOuterWindow(middleOf(locator.element()))
  const touches = Array.from({ length: times }, () => [
    cdp().send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] }),
    cdp().send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] }),
  ])
  await Promise.all(touches.flat())
}

interface Point {
  readonly x: number
  readonly y: number
}

function middleOf(element: Element): Point {
  const { left, top, width, height } = element.getBoundingClientRect()
  return { x: left + width / 2, y: top + height / 2 }
}

/** Fingers touch the window around the page under test, in which that is shown on a smaller scale. */
function inOuterWindow({ x, y }: Point): Point {
  const frame = window.frameElement?.getBoundingClientRect()
  if (!frame) return { x, y }
  const scale = frame.width / window.innerWidth
  return { x: frame.left + scale * x, y: frame.top + scale * y }
}
