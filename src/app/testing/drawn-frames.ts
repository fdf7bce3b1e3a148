/** Animation frames in Node tests, which draw them one by one. */
import { vi } from 'vitest'

/** Callback of the next animation frame. */
let next: ((now: number) => void) | undefined

/** Replaces the browser's animation frames; undo it with `vi.unstubAllGlobals`. */
export function installDrawnFrames(): void {
  vi.stubGlobal('requestAnimationFrame', (callback: (now: number) => void) => {
    next = callback
    return 1
  })
  vi.stubGlobal('cancelAnimationFrame', () => {
    next = undefined
  })
}

/** Draws the next frame, if one was requested, at `now` milliseconds. */
export function drawFrame(now: number): void {
  next?.(now)
}
