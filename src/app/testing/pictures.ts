/** Checks of what is drawn on a map, and of whether it changes. */
import type { Locator } from 'vitest/browser'

/** Resolves after a number of animation frames. */
export async function frames(count: number): Promise<void> {
  for (let frame = 0; frame < count; frame++) await new Promise(requestAnimationFrame)
}

export function drawnOn(map: Locator): string {
  const canvas = map.element()
  return canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ''
}

/** Resolves to whether the picture changes within a number of animation frames. */
export async function moves(map: Locator, within = 20): Promise<boolean> {
  const before = drawnOn(map)
  for (let frame = 0; frame < within; frame++) {
    await frames(1)
    if (drawnOn(map) !== before) return true
  }
  return false
}
