import { useEffect, useRef } from 'react'
import { FRAME_HEIGHT, FRAME_WIDTH } from '../../island/index.ts'
import { mainLane } from '../stores/live.ts'
import classes from './Senses.module.css'

/** What the agent sees: its pixels, enlarged. Drawn when they change, outside React. */
export function AgentView() {
  const canvasRef = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvasRef.current?.getContext('2d')
    if (!context) return
    const image = context.createImageData(FRAME_WIDTH, FRAME_HEIGHT)
    let shown: Uint8Array | undefined
    let request = requestAnimationFrame(function draw() {
      request = requestAnimationFrame(draw)
      const { moment, firstFrame } = mainLane()
      const frame = moment?.decision?.frame ?? firstFrame
      if (!frame || frame === shown) return
      shown = frame
      copyRgb(frame, image.data)
      context.putImageData(image, 0, 0)
    })
    return () => cancelAnimationFrame(request)
  }, [])
  return (
    <figure className={classes.view}>
      <canvas
        ref={canvasRef}
        className={classes.pixels}
        width={FRAME_WIDTH}
        height={FRAME_HEIGHT}
        role="img"
        aria-label={`What the agent sees: ${FRAME_WIDTH} by ${FRAME_HEIGHT} pixels`}
      />
      <figcaption className={classes.caption}>
        What it sees
        <span className={classes.faint}>
          {FRAME_WIDTH} × {FRAME_HEIGHT} pixels
        </span>
      </figcaption>
    </figure>
  )
}

function copyRgb(rgb: Uint8Array, rgba: Uint8ClampedArray): void {
  for (let pixel = 0; pixel < FRAME_WIDTH * FRAME_HEIGHT; pixel++) {
    rgba[4 * pixel] = rgb[3 * pixel] ?? 0
    rgba[4 * pixel + 1] = rgb[3 * pixel + 1] ?? 0
    rgba[4 * pixel + 2] = rgb[3 * pixel + 2] ?? 0
    rgba[4 * pixel + 3] = 255
  }
}
