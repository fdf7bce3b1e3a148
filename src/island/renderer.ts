/**
 * Renders the agent's observations: third-person frames of FRAME_WIDTH × FRAME_HEIGHT pixels, on
 * the CPU and in exact arithmetic, so that every JavaScript engine produces the same bytes.
 */
import { View } from './camera.ts'
import { Canvas } from './canvas.ts'
import { drawFigure } from './figure.ts'
import { drawGround } from './ground.ts'
import type { Look } from './look.ts'
import { FRAME_BYTES } from './observation.ts'
import { paintOf } from './paint.ts'
import { drawProps } from './props.ts'
import { drawRamps } from './ramps.ts'
import { drawSky } from './sky.ts'
import type { IslandState } from './state.ts'

/** A reusable renderer: it holds buffers, but no state carries over from one frame to the next. */
export class Renderer {
  readonly #canvas = new Canvas()
  readonly #view = new View()

  /**
   * Writes the frame of a state to `out[offset … offset + FRAME_BYTES)`: RGB, rows top to bottom.
   * Throws a RangeError if it does not fit.
   */
  render(state: IslandState, look: Look, out: Uint8Array, offset = 0): void {
    if (!(offset >= 0 && offset + FRAME_BYTES <= out.length)) {
      throw new RangeError(
        `Cannot draw a frame at byte ${offset} of ${out.length}: it needs ${FRAME_BYTES} bytes from there.`,
      )
    }
    const canvas = this.#canvas
    const view = this.#view
    const { weather } = look
    const paint = paintOf(look)
    view.place(state, weather)
    const horizon = drawSky(canvas, view, weather, paint, state.decision)
    drawGround(canvas, view, look, paint, state.decision, horizon)
    drawFigure(canvas, view, state, look, paint)
    drawRamps(canvas, view, look, paint)
    drawProps(canvas, view, look, paint)
    canvas.copyTo(out, offset)
  }
}
