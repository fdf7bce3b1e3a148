/** Mapping from metres to pixels of a canvas that shows the whole island from above, north up. */
import { HOME, type World } from '../../island/index.ts'

export type Canvas2d = CanvasRenderingContext2D

/** Size and transform of a map, in canvas pixels. */
export interface MapView {
  readonly width: number
  readonly height: number
  /** Pixels per metre. */
  readonly scale: number
  /** Position of the world origin, x = 0 and z = 0. */
  readonly x: number
  readonly z: number
}

/** Returns the view with the largest island that fits, centred. */
export function mapView(width: number, height: number, { bounds }: World = HOME): MapView {
  const { minX, maxX, minZ, maxZ } = bounds
  const scale = Math.min(width / (maxX - minX), height / (maxZ - minZ))
  return {
    width,
    height,
    scale,
    x: width / 2 - ((minX + maxX) / 2) * scale,
    z: height / 2 - ((minZ + maxZ) / 2) * scale,
  }
}

/** Sets the units of everything drawn afterwards to metres. */
export function drawInMetres(context: Canvas2d, { scale, x, z }: MapView): void {
  context.setTransform(scale, 0, 0, scale, x, z)
}

/** Sets the units of everything drawn afterwards to canvas pixels. */
export function drawInPixels(context: Canvas2d): void {
  context.setTransform(1, 0, 0, 1, 0, 0)
}
