import { useComputedColorScheme } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { HOME, type World } from '../../island/index.ts'
import { drawGround } from './ground.ts'
import { CHART_LOOKS, type MapLook } from './looks.ts'
import classes from './MapCanvas.module.css'
import { type Canvas2d, drawInMetres, type MapView, mapView } from './view.ts'
import { onChangeWhileSeen, whileSeen } from './while-seen.ts'

/** A painter that draws on top of a map's ground, outside React. */
export interface MapPainter {
  /** Returns a key for the current picture: the map is redrawn only when the key changes. */
  picture(): string
  /** Draws the picture; the context's units are metres. */
  paint(context: Canvas2d, look: MapLook, view: MapView): void
  /**
   * Calls `changed` whenever the key of the picture may have changed; returns a function that ends this. A painter
   * without it is asked for its key on every animation frame.
   */
  subscribe?(changed: () => void): () => void
}

interface MapCanvasProps {
  readonly painter: MapPainter
  /** World that is shown; the first island if omitted. */
  readonly world?: World
  /** Accessible name; omitted where a parent carries it, which hides the canvas from screen readers. */
  readonly label?: string
  /** Colour theme of the map; defaults to a chart in the page's colour scheme. */
  readonly look?: MapLook
}

/** Renders the island from above with a painter's picture on it. Fills its parent; draws only while in view. */
export function MapCanvas({ painter, world = HOME, label, look: chosen }: MapCanvasProps) {
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
      const view = mapView(width, height, world)
      drawGround(context, view, look, world)
      drawInMetres(context, view)
      painter.paint(context, look, view)
    }
    const changes = painter.subscribe?.bind(painter)
    const end = changes ? onChangeWhileSeen(canvas, draw, changes) : whileSeen(canvas, draw)
    // Prints and full-page screenshots also show maps that have never been in view.
    const first = setTimeout(draw)
    window.addEventListener('beforeprint', draw)
    return () => {
      end()
      clearTimeout(first)
      window.removeEventListener('beforeprint', draw)
    }
  }, [painter, world, look])
  const named = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return <canvas ref={canvasRef} className={classes.canvas} {...named} />
}
