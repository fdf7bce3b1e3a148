/**
 * The frame being drawn: colours and, for every pixel, how near what it shows is, so that things may
 * be drawn in any order.
 *
 * Nearness is 1 ÷ depth along the viewing direction. Unlike depth it is linear across the picture of
 * a flat face, and the sky's is simply 0. Shapes are drawn where pixel centres fall in them.
 */
import { FOCAL_PIXELS, NEAR, type View } from './camera.ts'
import { dim, pack } from './colour.ts'
import { FRAME_HEIGHT, FRAME_PIXELS, FRAME_WIDTH } from './observation.ts'

/**
 * How a surface answers to light: `shade*` is its colour where only the sky lights it, `sun*` what
 * the sun adds where it shines straight on it. Channels 0…255; the sum may overflow and is clamped.
 */
export interface Pigment {
  readonly shadeR: number
  readonly shadeG: number
  readonly shadeB: number
  readonly sunR: number
  readonly sunG: number
  readonly sunB: number
}

/** The most corners a polygon may have, after clipping. */
const MAX_CORNERS = 10

/** Half the frame's size in pixels: the centre of the picture. */
const CENTRE_COLUMN = FRAME_WIDTH / 2
const CENTRE_ROW = FRAME_HEIGHT / 2

export class Canvas {
  /** Colours (0xRRGGBB, see colour.ts), rows top first. */
  readonly pixels = new Int32Array(FRAME_PIXELS)
  readonly nearness = new Float32Array(FRAME_PIXELS)

  /** Corners of the polygon being built, in camera space: across, above, depth. */
  readonly #corners = new Float64Array(3 * MAX_CORNERS)
  #cornerCount = 0
  /** The same after clipping, as columns and rows. */
  readonly #columns = new Float64Array(MAX_CORNERS)
  readonly #rows = new Float64Array(MAX_CORNERS)

  #ink = 0

  /** Sets the colour of what is drawn next: a pigment under `sun` (0…1), seen through haze. */
  ink(view: View, pigment: Pigment, sun: number, haze: number): void {
    const clear = 1 - haze
    this.#ink = pack(
      Math.min(255, pigment.shadeR + pigment.sunR * sun) * clear + view.hazeR * haze,
      Math.min(255, pigment.shadeG + pigment.sunG * sun) * clear + view.hazeG * haze,
      Math.min(255, pigment.shadeB + pigment.sunB * sun) * clear + view.hazeB * haze,
    )
  }

  /** One pixel in the current ink, unless something nearer is there. */
  #dot(pixel: number, nearness: number): void {
    // Pixel indices come from clamped loops, so the element is there.
    if (nearness <= (this.nearness[pixel] as number)) return
    this.nearness[pixel] = nearness
    this.pixels[pixel] = this.#ink
  }

  /** Draws a ball (or an egg: half-width and half-height in metres), shaded by the sun. */
  ball(view: View, x: number, y: number, z: number, wide: number, high: number, pigment: Pigment) {
    view.see(x, y, z)
    const depth = view.depth
    if (depth < wide + NEAR) return
    const scale = FOCAL_PIXELS / depth
    const column = CENTRE_COLUMN + view.across * scale
    const row = CENTRE_ROW - view.above * scale
    const halfWidth = Math.max(0.6, wide * scale)
    const halfHeight = Math.max(0.6, high * scale)
    const left = Math.max(0, Math.ceil(column - halfWidth - 0.5))
    const right = Math.min(FRAME_WIDTH - 1, Math.floor(column + halfWidth - 0.5))
    const top = Math.max(0, Math.ceil(row - halfHeight - 0.5))
    const bottom = Math.min(FRAME_HEIGHT - 1, Math.floor(row + halfHeight - 0.5))
    const haze = view.hazeAt(depth)
    const nearness = 1 / depth
    for (let r = top; r <= bottom; r++) {
      const up = (row - r - 0.5) / halfHeight
      for (let c = left; c <= right; c++) {
        const side = (c + 0.5 - column) / halfWidth
        const rest = 1 - up * up - side * side
        if (rest < 0) continue
        const sun = side * view.sunRight + up * view.sunUp + Math.sqrt(rest) * view.sunToward
        this.ink(view, pigment, Math.max(0, sun) * (0.8 + 0.2 * up), haze)
        this.#dot(r * FRAME_WIDTH + c, nearness)
      }
    }
  }

  /**
   * Draws an upright round pillar with a flat top: per column of the picture, the visible side from
   * the near edge of the top down to the foot, and above it the top itself.
   */
  pillar(
    view: View,
    x: number,
    z: number,
    foot: number,
    top: number,
    radius: number,
    side: Pigment,
    cap: Pigment,
  ): void {
    view.see(x, foot, z)
    const depth = view.depth
    if (depth < radius + NEAR) return
    const { across, above } = view
    const rise = (top - foot) * view.upY
    const away = (top - foot) * view.forwardY
    const column = CENTRE_COLUMN + (across * FOCAL_PIXELS) / depth
    const halfWidth = Math.max(0.5, (radius * FOCAL_PIXELS) / depth)
    const left = Math.max(0, Math.ceil(column - halfWidth - 0.5))
    const right = Math.min(FRAME_WIDTH - 1, Math.floor(column + halfWidth - 0.5))
    const haze = view.hazeAt(depth)
    for (let c = left; c <= right; c++) {
      const offset = (c + 0.5 - column) / halfWidth
      const bulge = Math.sqrt(Math.max(0, 1 - offset * offset))
      // The front and back rims are `radius * bulge` nearer and farther than the axis, level ground.
      const reach = radius * bulge
      const front = depth - reach * view.level
      const lowered = above - reach * view.tilt
      const raised = above + reach * view.tilt
      const behind = depth + reach * view.level
      const footRow = CENTRE_ROW - (lowered * FOCAL_PIXELS) / front
      const frontRow = CENTRE_ROW - ((lowered + rise) * FOCAL_PIXELS) / (front + away)
      const backRow = CENTRE_ROW - ((raised + rise) * FOCAL_PIXELS) / (behind + away)
      const sun = offset * view.sunRight + bulge * view.sunToward
      this.ink(view, side, Math.max(0, sun), haze)
      this.#column(c, frontRow, footRow, 1 / front)
      if (backRow < frontRow) {
        this.ink(view, cap, Math.max(0, view.sunUp), haze)
        this.#column(c, backRow, frontRow, 1 / front)
      }
    }
  }

  /** Draws an upright cone that stands on the ground. */
  cone(view: View, x: number, z: number, height: number, radius: number, pigment: Pigment): void {
    view.see(x, 0, z)
    const depth = view.depth
    if (depth < radius + NEAR) return
    const scale = FOCAL_PIXELS / depth
    const column = CENTRE_COLUMN + view.across * scale
    const footRow = CENTRE_ROW - view.above * scale
    const tipDepth = depth + height * view.forwardY
    const tipRow = CENTRE_ROW - ((view.above + height * view.upY) * FOCAL_PIXELS) / tipDepth
    const halfWidth = Math.max(0.6, radius * scale)
    const left = Math.max(0, Math.ceil(column - halfWidth - 0.5))
    const right = Math.min(FRAME_WIDTH - 1, Math.floor(column + halfWidth - 0.5))
    const haze = view.hazeAt(depth)
    for (let c = left; c <= right; c++) {
      const offset = (c + 0.5 - column) / halfWidth
      const bulge = Math.sqrt(Math.max(0, 1 - offset * offset))
      const sun = offset * view.sunRight + bulge * view.sunToward + 0.3 * view.sunUp
      this.ink(view, pigment, Math.max(0, sun), haze)
      const drop = radius * bulge * view.tilt * scale
      this.#column(c, tipRow + (footRow - tipRow) * Math.abs(offset), footRow + drop, 1 / depth)
    }
  }

  /** Leaves share ÷ 256 of the light on the ground within a disc: the shadow of what is over it. */
  darken(view: View, x: number, z: number, radius: number, share: number): void {
    view.see(x, 0, z)
    const depth = view.depth
    if (depth < radius + NEAR) return
    const column = CENTRE_COLUMN + (view.across * FOCAL_PIXELS) / depth
    const row = CENTRE_ROW - (view.above * FOCAL_PIXELS) / depth
    const halfWidth = (radius * FOCAL_PIXELS) / depth
    const halfHeight = (halfWidth * view.eyeY) / depth
    const top = Math.max(0, Math.ceil(row - halfHeight - 0.5))
    const bottom = Math.min(FRAME_HEIGHT - 1, Math.floor(row + halfHeight - 0.5))
    const left = Math.max(0, Math.ceil(column - halfWidth - 0.5))
    const right = Math.min(FRAME_WIDTH - 1, Math.floor(column + halfWidth - 0.5))
    for (let r = top; r <= bottom; r++) {
      const dy = (r + 0.5 - row) / halfHeight
      for (let c = left; c <= right; c++) {
        const dx = (c + 0.5 - column) / halfWidth
        if (dx * dx + dy * dy > 1) continue
        const pixel = r * FRAME_WIDTH + c
        this.pixels[pixel] = dim(this.pixels[pixel] as number, share)
      }
    }
  }

  /** Pixels of a column between two heights of the picture. */
  #column(column: number, from: number, to: number, nearness: number): void {
    const top = Math.max(0, Math.ceil(from - 0.5))
    const bottom = Math.min(FRAME_HEIGHT - 1, Math.ceil(to - 0.5) - 1)
    for (let r = top; r <= bottom; r++) this.#dot(r * FRAME_WIDTH + column, nearness + 1e-6)
  }

  /** Starts a polygon; give its corners counter-clockwise as seen from its front. */
  begin(): void {
    this.#cornerCount = 0
  }

  /** Adds a corner in camera space (metres across, above the axis, and along it). */
  corner(across: number, above: number, depth: number): void {
    const at = 3 * this.#cornerCount++
    this.#corners[at] = across
    this.#corners[at + 1] = above
    this.#corners[at + 2] = depth
  }

  /**
   * Fills the flat, convex polygon in the current ink if its front is towards the eye.
   *
   * `lift` makes it count as slightly nearer: for what is painted onto another face.
   */
  fill(lift = 0): void {
    const p = this.#corners
    // The first three corners span the face; indices below 9 are always there.
    const ax = (p[3] as number) - (p[0] as number)
    const ay = (p[4] as number) - (p[1] as number)
    const az = (p[5] as number) - (p[2] as number)
    const bx = (p[6] as number) - (p[0] as number)
    const by = (p[7] as number) - (p[1] as number)
    const bz = (p[8] as number) - (p[2] as number)
    const nx = ay * bz - az * by
    const ny = az * bx - ax * bz
    const nz = ax * by - ay * bx
    const offset = nx * (p[0] as number) + ny * (p[1] as number) + nz * (p[2] as number)
    // Camera space is left-handed (across, above, depth): the front faces the eye if this is > 0.
    if (offset < 1e-9) return
    const corners = this.#clip()
    if (corners >= 3) this.#scan(corners, nx / offset, ny / offset, nz / offset, lift)
  }

  /** Cuts off what is nearer than NEAR and projects the rest; returns the number of corners. */
  #clip(): number {
    const p = this.#corners
    const n = this.#cornerCount
    let count = 0
    for (let i = 0; i < n; i++) {
      const a = 3 * i
      const b = 3 * ((i + 1) % n)
      const depthA = p[a + 2] as number
      const depthB = p[b + 2] as number
      if (depthA >= NEAR) {
        this.#columns[count] = CENTRE_COLUMN + ((p[a] as number) * FOCAL_PIXELS) / depthA
        this.#rows[count] = CENTRE_ROW - ((p[a + 1] as number) * FOCAL_PIXELS) / depthA
        count++
      }
      if (depthA >= NEAR !== depthB >= NEAR) {
        const share = (NEAR - depthA) / (depthB - depthA)
        const across = (p[a] as number) + ((p[b] as number) - (p[a] as number)) * share
        const above = (p[a + 1] as number) + ((p[b + 1] as number) - (p[a + 1] as number)) * share
        this.#columns[count] = CENTRE_COLUMN + (across * FOCAL_PIXELS) / NEAR
        this.#rows[count] = CENTRE_ROW - (above * FOCAL_PIXELS) / NEAR
        count++
      }
    }
    return count
  }

  /** Fills row by row; nearness is the plane a·u + b·v + c over the picture. */
  #scan(corners: number, a: number, b: number, c: number, lift: number): void {
    const columns = this.#columns
    const rows = this.#rows
    let low = FRAME_HEIGHT
    let high = 0
    for (let i = 0; i < corners; i++) {
      low = Math.min(low, rows[i] as number)
      high = Math.max(high, rows[i] as number)
    }
    const top = Math.max(0, Math.ceil(low - 0.5))
    const bottom = Math.min(FRAME_HEIGHT - 1, Math.ceil(high - 0.5) - 1)
    for (let r = top; r <= bottom; r++) {
      const middle = r + 0.5
      let left = FRAME_WIDTH
      let right = 0
      let j = corners - 1
      for (let i = 0; i < corners; i++) {
        const y0 = rows[j] as number
        const y1 = rows[i] as number
        if (y0 <= middle !== y1 <= middle) {
          const x0 = columns[j] as number
          const x = x0 + (((columns[i] as number) - x0) * (middle - y0)) / (y1 - y0)
          left = Math.min(left, x)
          right = Math.max(right, x)
        }
        j = i
      }
      const first = Math.max(0, Math.ceil(left - 0.5))
      const last = Math.min(FRAME_WIDTH - 1, Math.ceil(right - 0.5) - 1)
      const base = (b * (CENTRE_ROW - middle)) / FOCAL_PIXELS + c + lift
      for (let k = first; k <= last; k++) {
        this.#dot(r * FRAME_WIDTH + k, base + (a * (k + 0.5 - CENTRE_COLUMN)) / FOCAL_PIXELS)
      }
    }
  }
}
