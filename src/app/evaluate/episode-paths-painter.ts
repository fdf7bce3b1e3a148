/** Painter for the paths of one policy's episodes: can highlight one, and find the one nearest to a point. */
import type { Point } from '../../island/index.ts'
import type { EvaluatedEpisode } from '../../lab/evaluation/protocol.ts'
import type { MapLook } from '../map/looks.ts'
import type { MapPainter } from '../map/MapCanvas.tsx'
import { drawPath, drawRing } from '../map/marks.ts'
import { type Canvas2d, drawInMetres, drawInPixels, type MapView } from '../map/view.ts'
import { LONGEST_PIECE } from '../stores/live.ts'

/** Distance in metres within which a point selects a path. */
const REACH = 1

/** Returns the opacity of a path, lower the more paths there are. */
function opacityOf(count: number): number {
  return Math.min(0.8, Math.max(0.12, 6 / Math.sqrt(Math.max(1, count)) / 3))
}

export class EpisodePathsPainter implements MapPainter {
  readonly #episodes: readonly EvaluatedEpisode[]
  readonly #colour: string
  /** Layer with all paths, drawn once for each canvas size and look. */
  readonly #layer = document.createElement('canvas')
  #layerFor = ''
  #lifted: EvaluatedEpisode | undefined

  constructor(episodes: readonly EvaluatedEpisode[], colour: string) {
    this.#episodes = episodes
    this.#colour = colour
  }

  /** Highlights this episode over the others; undefined highlights none. */
  lift(episode: EvaluatedEpisode | undefined): void {
    this.#lifted = episode
  }

  picture(): string {
    return String(this.#lifted?.index)
  }

  paint(context: Canvas2d, look: MapLook, view: MapView): void {
    this.#drawLayer(look, view)
    drawInPixels(context)
    if (this.#lifted) context.globalAlpha = 0.35
    context.drawImage(this.#layer, 0, 0)
    context.globalAlpha = 1
    drawInMetres(context, view)
    if (!this.#lifted) return
    const { path } = this.#lifted
    drawPath(context, path, { colour: look.outline, width: 0.9, opacity: 0.9 })
    drawPath(context, path, { colour: this.#colour, width: 0.5, opacity: 1 })
  }

  /** Returns the episode whose path comes nearest to a point, if any is within `REACH`. */
  nearest({ x, z }: Point): EvaluatedEpisode | undefined {
    let found: EvaluatedEpisode | undefined
    let least = REACH * REACH
    for (const episode of this.#episodes) {
      const distance = squaredDistance(episode.path, x, z)
      if (distance >= least) continue
      least = distance
      found = episode
    }
    return found
  }

  #drawLayer(look: MapLook, view: MapView): void {
    const wanted = [view.width, view.height, look.name].join()
    const context = this.#layer.getContext('2d')
    if (!context || this.#layerFor === wanted) return
    this.#layerFor = wanted
    this.#layer.width = view.width
    this.#layer.height = view.height
    drawInMetres(context, view)
    const stroke = { colour: this.#colour, width: 0.2, opacity: opacityOf(this.#episodes.length) }
    for (const { path, ending } of this.#episodes) {
      drawPath(context, path, stroke)
      if (ending === 'none') {
        drawRing(context, path.at(-2) ?? 0, path.at(-1) ?? 0, this.#colour, look)
      }
    }
  }
}

/** Returns the squared distance to a path's nearest segment; where the sea put the character back is none. */
function squaredDistance(path: Float32Array, x: number, z: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let at = 0; at + 3 < path.length; at += 2) {
    const fromX = path[at] ?? 0
    const fromZ = path[at + 1] ?? 0
    const alongX = (path[at + 2] ?? 0) - fromX
    const alongZ = (path[at + 3] ?? 0) - fromZ
    const squared = alongX * alongX + alongZ * alongZ
    if (squared > LONGEST_PIECE * LONGEST_PIECE) continue
    const part = ((x - fromX) * alongX + (z - fromZ) * alongZ) / (squared || 1)
    const held = Math.min(1, Math.max(0, part))
    const dx = x - fromX - held * alongX
    const dz = z - fromZ - held * alongZ
    least = Math.min(least, dx * dx + dz * dz)
  }
  return least
}
