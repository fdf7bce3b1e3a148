import { useEffect, useRef } from 'react'
import { FRAME_HEIGHT, FRAME_WIDTH } from '../../island/index.ts'
import { type LiveLane, live } from '../stores/live.ts'
import kit from '../ui/kit.module.css'
import classes from './Senses.module.css'

interface AgentViewProps {
  /** Index of the agent, as in `live.lanes`. */
  readonly index: number
  readonly title: string
  /** Whether to omit the caption for lack of room. */
  readonly small: boolean
}

/** Renders the agent's frame, enlarged. The canvas is redrawn outside React when the frame changes. */
export function AgentView({ index, title, small }: AgentViewProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvasRef.current?.getContext('2d')
    if (!context) return
    const image = context.createImageData(FRAME_WIDTH, FRAME_HEIGHT)
    let shown: Uint8Array | undefined
    let request = requestAnimationFrame(function draw() {
      request = requestAnimationFrame(draw)
      const frame = frameOf(live.lanes[index])
      if (!frame || frame === shown) return
      shown = frame
      copyRgb(frame, image.data)
      context.putImageData(image, 0, 0)
    })
    return () => cancelAnimationFrame(request)
  }, [index])
  return (
    <figure className={`${kit.surface} ${classes.view}`}>
      <canvas
        ref={canvasRef}
        className={classes.pixels}
        width={FRAME_WIDTH}
        height={FRAME_HEIGHT}
        role="img"
        aria-label={`What the agent sees (${title}): ${FRAME_WIDTH} by ${FRAME_HEIGHT} pixels`}
      />
      {small ? null : (
        <figcaption className={classes.caption}>
          What it sees
          <span className={kit.faint}>
            {FRAME_WIDTH} × {FRAME_HEIGHT} pixels
          </span>
        </figcaption>
      )}
    </figure>
  )
}

/** Returns the latest decision's frame; before the first decision, or for stored paths, the first frame. */
function frameOf(lane: LiveLane | undefined): Uint8Array | undefined {
  const frame = lane?.moment?.decision?.frame
  return frame?.length ? frame : lane?.firstFrame
}

function copyRgb(rgb: Uint8Array, rgba: Uint8ClampedArray): void {
  for (let pixel = 0; pixel < FRAME_WIDTH * FRAME_HEIGHT; pixel++) {
    rgba[4 * pixel] = rgb[3 * pixel] ?? 0
    rgba[4 * pixel + 1] = rgb[3 * pixel + 1] ?? 0
    rgba[4 * pixel + 2] = rgb[3 * pixel + 2] ?? 0
    rgba[4 * pixel + 3] = 255
  }
}
