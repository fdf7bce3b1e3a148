import { expect } from 'vitest'
import { DESK, resizeWindow, TELEPHONE } from './open.tsx'
import { smallControls } from './small-controls.ts'

/** Expects all controls to be at least 24 × 24 CSS pixels in windows of phone and desktop size. */
export async function expectLargeControls(): Promise<void> {
  for (const size of [TELEPHONE, DESK]) {
    await resizeWindow(size)
    await expect.poll(smallControls, { message: JSON.stringify(size) }).toEqual([])
  }
}
