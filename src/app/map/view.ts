/** How metres lie on a canvas that shows the whole island from above, north up. */
import { BOUNDS } from '../../island/index.ts'

export type Canvas2d = CanvasRenderingContext2D

/** Width over height of a map without margins. */
export const MAP_ASPECT = (BOUNDS.maxX - BOUNDS.minX) / (BOUNDS.maxZ - BOUNDS.minZ)

/** All in pixels of the canvas. */
export interface MapView {
  readonly width: number
  readonly height: number
  /** Pixels a metre. */
  readonly scale: number
  /** Where x = 0, z = 0 lies. */
  readonly x: number
  readonly z: number
}

/** The largest island that fits, in the middle. */
export function mapView(width: number, height: number): MapView {
  const scale = Math.min(width / (BOUNDS.maxX - BOUNDS.minX), height / (BOUNDS.maxZ - BOUNDS.minZ))
  return {
    width,
    height,
    scale,
    x: width / 2 - ((BOUNDS.minX + BOUNDS.maxX) / 2) * scale,
    z: height / 2 - ((BOUNDS.minZ + BOUNDS.maxZ) / 2) * scale,
  }
}

/** What is drawn from here on is in metres. */
export function drawInMetres(context: Canvas2d, { scale, x, z }: MapView): void {
  context.setTransform(scale, 0, 0, scale, x, z)
}

/** What is drawn from here on is in pixels. */
export function drawInPixels(context: Canvas2d): void {
  context.setTransform(1, 0, 0, 1, 0, 0)
}
