import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { drawGround } from './ground.ts'
import { CHART_LOOKS, type MapLook } from './looks.ts'
import classes from './MapCanvas.module.css'
import { type Canvas2d, drawInMetres, type MapView, mapView } from './view.ts'
import { whileSeen } from './while-seen.ts'

/** What draws on the ground of a map, outside React. */
export interface MapPainter {
  /** Names what there is to draw now: nothing is drawn again while it stays the same. */
  picture(): string
  /** Draws it, in metres. */
  paint(context: Canvas2d, look: MapLook, view: MapView): void
}

interface MapCanvasProps {
  readonly painter: MapPainter
  /** What there is to see, for those who do not see it; left out where a parent says it. */
  readonly label?: string
  /** A chart in the page's colours if left out. */
  readonly look?: MapLook
}

/** The island from above with something on it. Fills its parent; rests while it is out of sight. */
export function MapCanvas({ painter, label, look: chosen }: MapCanvasProps) {
  const canvasRef = useRef<HTMLCanvasElement>(null)
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const look = chosen ?? CHART_LOOKS[scheme]
  useEffect(() => {
    const canvas = canvasRef.current
    const context = canvas?.getContext('2d')
    if (!canvas || !context) return
    let drawn = ''
    const draw = () => {
      const ratio = Math.min(2, window.devicePixelRatio)
      const width = Math.round(canvas.clientWidth * ratio)
      const height = Math.round(canvas.clientHeight * ratio)
      if (width === 0 || height === 0) return
      const picture = [width, height, painter.picture()].join()
      if (picture === drawn) return
      drawn = picture
      if (canvas.width !== width) canvas.width = width
      if (canvas.height !== height) canvas.height = height
      const view = mapView(width, height)
      drawGround(context, view, look)
      drawInMetres(context, view)
      painter.paint(context, look, view)
    }
    const end = whileSeen(canvas, draw)
    // Printers and captures of the whole page show what has never been in sight, too.
    const first = setTimeout(draw)
    window.addEventListener('beforeprint', draw)
    return () => {
      end()
      clearTimeout(first)
      window.removeEventListener('beforeprint', draw)
    }
  }, [painter, look])
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return <canvas ref={canvasRef} className={classes.canvas} {...named} />
}
