import { useEffect, useRef } from 'react'
import { live, mainLane } from '../stores/live.ts'
import { drawCharacter, drawIsland, drawTrails, fitMap } from './draw-map.ts'
import classes from './PlanMap.module.css'

/** The island from above, drawn at once and without WebGL. */
export function PlanMap() {
  const canvasRef = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const canvas = canvasRef.current
    const context = canvas?.getContext('2d')
    if (!canvas || !context) return
    let drawn = ''
    let frame = requestAnimationFrame(function draw() {
      frame = requestAnimationFrame(draw)
      const ratio = Math.min(2, window.devicePixelRatio)
      const { clientWidth: width, clientHeight: height } = canvas
      const lane = mainLane()
      const { x, z, facing } = lane.pose
      const picture = [width, height, ratio, x, z, facing, lane.take, live.trailsVersion].join()
      if (picture === drawn) return
      drawn = picture
      canvas.width = Math.round(width * ratio)
      canvas.height = Math.round(height * ratio)
      fitMap(context, width, height, ratio)
      drawIsland(context)
      drawTrails(context, live.trails, lane)
      if (lane.moment) drawCharacter(context, lane)
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    <canvas
      ref={canvasRef}
      className={classes.canvas}
      role="img"
      aria-label="Map of the island seen from above, with the agent on it"
    />
  )
}
