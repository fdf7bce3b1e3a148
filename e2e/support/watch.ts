import { expect, type Page } from '@playwright/test'

export { expect }

/** Viewport size; small because the CPU does both rendering and inference. */
export const VIEWPORT = { width: 1000, height: 640 }

export function decisions(page: Page) {
  return page.getByRole('timer', { name: 'Decisions of this episode' })
}

export async function decisionCount(page: Page): Promise<number> {
  return Number(await decisions(page).textContent())
}

export async function waitForDecisions(page: Page, count: number): Promise<void> {
  await expect.poll(() => decisionCount(page)).toBeGreaterThanOrEqual(count)
}

/** Opens the Watch page on a device and waits until the agent acts. */
export async function watch(page: Page, device: string, properties = ''): Promise<void> {
  await page.goto(`?device=${device}#/watch${properties}`)
  await waitForDecisions(page, 1)
}

/** Waits until the agent acts on the device requested in the URL and all its views are visible. */
export async function expectActing(page: Page, device: 'WASM' | 'WebGPU'): Promise<void> {
  await waitForDecisions(page, 3)
  await expect(page.getByRole('img', { name: `Device: ${device}` })).toBeVisible()
  await expect(page.getByText(/requested in the URL/)).toBeVisible()
  await expect(page.getByRole('img', { name: /What the agent sees/ })).toBeVisible()
  await expect(page.getByRole('img', { name: /3D view of the island/ })).toBeVisible()
}

/** Drops a file onto the page. */
export async function dropFile(page: Page, name: string, content: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ({ name, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const data = new DataTransfer()
      data.items.add(new File([bytes], name))
      return data
    },
    { name, base64: content.toString('base64') },
  )
  await page
    .getByRole('region', { name: 'Island', exact: true })
    .dispatchEvent('drop', { dataTransfer: transfer })
}

/** Runs in the page: disables WebGL, which leaves the map view and reduces CPU load. */
export function withoutWebGl(): void {
  const original = HTMLCanvasElement.prototype.getContext
  HTMLCanvasElement.prototype.getContext = function (kind: string, ...rest: unknown[]) {
    if (kind.startsWith('webgl')) return null
    return Reflect.apply(original, this, [kind, ...rest])
  }
}

declare global {
  interface Window {
    mostDrawn: { calls: number; triangles: number }
  }
}

/**
 * Runs in the page: records the maximum number of draw calls and triangles per displayed frame,
 * including shadows.
 */
export function countDrawing(): void {
  window.mostDrawn = { calls: 0, triangles: 0 }
  let frame = { at: -1, calls: 0, triangles: 0 }
  const count = (corners: number, instances: number) => {
    const at = Number(document.timeline.currentTime)
    if (at !== frame.at) frame = { at, calls: 0, triangles: 0 }
    frame.calls += 1
    frame.triangles += (corners / 3) * instances
    const most = window.mostDrawn
    most.calls = Math.max(most.calls, frame.calls)
    most.triangles = Math.max(most.triangles, frame.triangles)
  }
  const gl = WebGL2RenderingContext.prototype
  const { drawArrays, drawElements, drawArraysInstanced, drawElementsInstanced } = gl
  gl.drawArrays = function (mode, first, corners) {
    count(corners, 1)
    drawArrays.call(this, mode, first, corners)
  }
  gl.drawElements = function (mode, corners, type, offset) {
    count(corners, 1)
    drawElements.call(this, mode, corners, type, offset)
  }
  gl.drawArraysInstanced = function (mode, first, corners, instances) {
    count(corners, instances)
    drawArraysInstanced.call(this, mode, first, corners, instances)
  }
  gl.drawElementsInstanced = function (mode, corners, type, offset, instances) {
    count(corners, instances)
    drawElementsInstanced.call(this, mode, corners, type, offset, instances)
  }
}

/** Text of the landing page once its agents are loaded; at the end of a round they start by themselves. */
export const AGENTS_LOADED = /they take over at the next start|^Live: networks of/
