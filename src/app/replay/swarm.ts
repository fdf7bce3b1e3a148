/**
 * Many episodes at once on one map: a dot for each, and their trails. Finished trail segments are
 * drawn once, on a layer of their own, instead of in every frame.
 */
import { HOME } from '../../island/index.ts'
import type { MapLook } from '../map/looks.ts'
import type { MapPainter } from '../map/MapCanvas.tsx'
import { drawDot, drawPulse, drawRing, type Stroke, tracePath } from '../map/marks.ts'
import { type Canvas2d, drawInMetres, drawInPixels, type MapView } from '../map/view.ts'
import { stageColour } from '../stages.ts'
import type { Track, TrackList } from './tracks.ts'

/** Time budget per frame for replaying episodes that are not drawn yet, in milliseconds. */
const REPLAY_MS = 4

/** Decisions for which the pulse of a jumppad's throw is visible. */
const PULSE = 8

/** Trails of many episodes, through which the others can still be seen. */
const THIN_TRAIL: Omit<Stroke, 'colour'> = { width: 0.2, opacity: 0.5 }

export class Swarm implements MapPainter {
  readonly #list: TrackList
  readonly #stage: string
  readonly #time: () => number
  readonly #trail: Omit<Stroke, 'colour'>
  readonly #layer = document.createElement('canvas')
  /** Contents of the layer: target canvas, number of tracks, last decision. */
  #drawn = { canvas: '', tracks: 0, decision: 0 }

  /** `time` returns the playback time in decisions, shared by all episodes; `trail` is for few of them. */
  constructor(list: TrackList, stage: string, time: () => number, trail = THIN_TRAIL) {
    this.#trail = trail
    this.#list = list
    this.#stage = stage
    this.#time = time
  }

  picture(): string {
    this.#list.replayFor(REPLAY_MS)
    return [this.#time(), this.#list.tracks.length].join()
  }

  paint(context: Canvas2d, look: MapLook, view: MapView): void {
    const { tracks } = this.#list
    const time = this.#time()
    const colour = stageColour(this.#stage)[look.stages]
    this.#drawTrails(view, look, colour, Math.floor(time))
    drawInPixels(context)
    context.drawImage(this.#layer, 0, 0)
    drawInMetres(context, view)
    for (const track of tracks) drawWalker(context, track, time, colour, look)
  }

  /** Extends the layer up to a decision; redraws it if its canvas, tracks or time no longer fit. */
  #drawTrails(view: MapView, look: MapLook, colour: string, decision: number): void {
    const { tracks } = this.#list
    const canvas = [view.width, view.height, look.name].join()
    const layer = this.#layer.getContext('2d')
    if (!layer) return
    const { canvas: onto, tracks: count, decision: until } = this.#drawn
    const startsOver = onto !== canvas || count !== tracks.length || until > decision
    if (startsOver) {
      this.#layer.width = view.width
      this.#layer.height = view.height
    }
    drawInMetres(layer, view)
    layer.globalAlpha = this.#trail.opacity
    layer.strokeStyle = colour
    layer.lineWidth = this.#trail.width
    layer.lineJoin = 'round'
    for (const { path, decisions } of tracks) {
      const from = startsOver ? 0 : Math.min(until, decisions)
      const to = Math.min(decision, decisions)
      if (to <= from) continue
      // One stroke per track, so that the joints of its segments are no darker than the rest.
      layer.beginPath()
      tracePath(layer, path, from, to)
      layer.stroke()
    }
    this.#drawn = { canvas, tracks: tracks.length, decision }
  }
}

function drawWalker(
  context: Canvas2d,
  { path, decisions, ending }: Track,
  time: number,
  colour: string,
  look: MapLook,
): void {
  const ago = time - decisions
  if (ago < 0) {
    const { x, z } = placeAt(path, time)
    drawDot(context, x, z, colour, look)
  } else if (ending === 'none') {
    drawRing(context, path.at(-2) ?? 0, path.at(-1) ?? 0, colour, look)
  } else if (ago < PULSE) {
    const pad = HOME.jumppads.find(({ name }) => name === ending)
    if (pad) drawPulse(context, pad, ago / PULSE, colour)
  }
}

/** Longest distance in metres walked in one decision; more means that the sea put the character back. */
const LONGEST_STRIDE = 2

function placeAt(path: Float32Array, time: number): { x: number; z: number } {
  const from = Math.max(0, Math.min(path.length / 2 - 2, Math.floor(time)))
  const [x = 0, z = 0, nextX = x, nextZ = z] = path.subarray(2 * from, 2 * from + 4)
  const part = Math.min(1, time - from)
  if (Math.hypot(nextX - x, nextZ - z) > LONGEST_STRIDE) return { x: nextX, z: nextZ }
  return { x: x + (nextX - x) * part, z: z + (nextZ - z) * part }
}
