import type { Locator } from '@playwright/test'

/** Returns whether the content of a map changes within a number of animation frames. */
export function moves(map: Locator, within = 20): Promise<boolean> {
  return map.evaluate(async (canvas, within) => {
    if (!(canvas instanceof HTMLCanvasElement)) throw new Error('A map is drawn on a canvas.')
    const before = canvas.toDataURL()
    for (let frame = 0; frame < within; frame++) {
      await new Promise(requestAnimationFrame)
      if (canvas.toDataURL() !== before) return true
    }
    return false
  }, within)
}
