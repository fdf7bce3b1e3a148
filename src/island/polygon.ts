/**
 * Rasterisation of flat convex faces: corners are collected, clipped at the near plane, and filled.
 */
import { FOCAL_PIXELS, NEAR, type View } from './camera.ts'
import { type Canvas, CENTRE_COLUMN, CENTRE_ROW } from './canvas.ts'
import { FRAME_HEIGHT, FRAME_WIDTH } from './observation.ts'

/** Maximum number of corners of a face; clipping may add one. */
const MAX_CORNERS = 8

/** A reusable buffer that holds one face at a time. */
export class Polygon {
  /** Camera-space across, above and depth of each corner, in metres: [MAX_CORNERS, 3]. */
  readonly #corners = new Float64Array(3 * MAX_CORNERS)
  #count = 0
  /** Outline after clipping and projection, in pixels. */
  readonly #columns = new Float64Array(MAX_CORNERS + 1)
  readonly #rows = new Float64Array(MAX_CORNERS + 1)
  #clipped = 0

  /** Starts a new face. Add its corners counter-clockwise as seen from the front. */
  begin(): void {
    this.#count = 0
  }

  /** Adds a corner in camera space, in metres. */
  corner(across: number, above: number, depth: number): void {
    const at = 3 * this.#count++
    this.#corners[at] = across
    this.#corners[at + 1] = above
    this.#corners[at + 2] = depth
  }

  /** Adds the point last passed to `View.see` as a corner. */
  seen({ across, above, depth }: View): void {
    this.corner(across, above, depth)
  }

  /**
   * Fills the face with the canvas's current ink if it is front-facing. `lift` is added to its
   * nearness, for faces painted onto another face.
   */
  fill(canvas: Canvas, lift = 0): void {
    const p = this.#corners
    // The first three corners span the face, so indices 0…8 are in range.
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
    // Camera space (across, above, depth) is left-handed: front normals point away from the eye.
    if (offset < 1e-9) return
    this.#clip()
    if (this.#clipped < 3) return
    // With u = across ÷ depth and v = above ÷ depth: 1 ÷ depth = (nx·u + ny·v + nz) ÷ offset.
    const byColumn = nx / (offset * FOCAL_PIXELS)
    const byRow = -ny / (offset * FOCAL_PIXELS)
    const centre = nz / offset + lift
    this.#scan(canvas, byColumn, byRow, centre - byColumn * CENTRE_COLUMN - byRow * CENTRE_ROW)
  }

  /** Clips the face at depth NEAR and projects the rest (Sutherland–Hodgman). */
  #clip(): void {
    const p = this.#corners
    this.#clipped = 0
    for (let i = 0; i < this.#count; i++) {
      // Corners are triples, and i is below #count.
      const a = 3 * i
      const b = 3 * ((i + 1) % this.#count)
      const depth = p[a + 2] as number
      const next = p[b + 2] as number
      if (depth >= NEAR) this.#project(p[a] as number, p[a + 1] as number, depth)
      if (depth >= NEAR !== next >= NEAR) {
        const share = (NEAR - depth) / (next - depth)
        const across = (p[a] as number) + ((p[b] as number) - (p[a] as number)) * share
        const above = (p[a + 1] as number) + ((p[b + 1] as number) - (p[a + 1] as number)) * share
        this.#project(across, above, NEAR)
      }
    }
  }

  #project(across: number, above: number, depth: number): void {
    this.#columns[this.#clipped] = CENTRE_COLUMN + (across * FOCAL_PIXELS) / depth
    this.#rows[this.#clipped] = CENTRE_ROW - (above * FOCAL_PIXELS) / depth
    this.#clipped++
  }

  /** Fills the outline row by row; nearness is linear in pixel coordinates. */
  #scan(canvas: Canvas, byColumn: number, byRow: number, origin: number): void {
    const rows = this.#rows
    let low = FRAME_HEIGHT
    let high = 0
    for (let i = 0; i < this.#clipped; i++) {
      low = Math.min(low, rows[i] as number) // i is below #clipped
      high = Math.max(high, rows[i] as number)
    }
    const top = Math.max(0, Math.ceil(low - 0.5))
    const bottom = Math.min(FRAME_HEIGHT - 1, Math.ceil(high - 0.5) - 1)
    for (let row = top; row <= bottom; row++) {
      const middle = row + 0.5
      const left = this.#edge(middle, -1)
      const right = this.#edge(middle, 1)
      const last = Math.min(FRAME_WIDTH - 1, Math.ceil(right - 0.5) - 1)
      for (let column = Math.max(0, Math.ceil(left - 0.5)); column <= last; column++) {
        const nearness = origin + byColumn * (column + 0.5) + byRow * middle
        canvas.dot(row * FRAME_WIDTH + column, nearness)
      }
    }
  }

  /** Returns the leftmost (side −1) or rightmost (1) crossing of the outline with row `middle`. */
  #edge(middle: number, side: number): number {
    const columns = this.#columns
    const rows = this.#rows
    let farthest = side < 0 ? FRAME_WIDTH : 0
    let j = this.#clipped - 1
    for (let i = 0; i < this.#clipped; i++) {
      // Both indices are below #clipped.
      const y0 = rows[j] as number
      const y1 = rows[i] as number
      if (y0 <= middle !== y1 <= middle) {
        const x0 = columns[j] as number
        const x = x0 + (((columns[i] as number) - x0) * (middle - y0)) / (y1 - y0)
        if ((x - farthest) * side > 0) farthest = x
      }
      j = i
    }
    return farthest
  }
}
