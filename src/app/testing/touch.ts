/** Emulation of a touch screen, and taps on it. */
import { onTestFinished } from 'vitest'
import { cdp, type Locator } from 'vitest/browser'

/** Emulates a touch screen, without a mouse, until the test ends. */
export async function useTouchScreen(): Promise<void> {
  await setTouch({ enabled: true, maxTouchPoints: 1 })
  onTestFinished(() => setTouch({ enabled: false }))
}

async function setTouch(screen: { enabled: boolean; maxTouchPoints?: number }): Promise<void> {
  await cdp().send('Emulation.setTouchEmulationEnabled', screen)
}

/** Taps the middle of an element, which must be in the window, `times` times without a pause. */
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

/** Converts to coordinates of the outer window, which shows the page under test scaled down. */
function inOuterWindow({ x, y }: Point): Point {
  const frame = window.frameElement?.getBoundingClientRect()
  if (!frame) return { x, y }
  const scale = frame.width / window.innerWidth
  return { x: frame.left + scale * x, y: frame.top + scale * y }
}
