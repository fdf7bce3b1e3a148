/** Painter of many paths on a map, each set in the colour of a stage. */
import type { MapLook } from '../map/looks.ts'
import type { MapPainter } from '../map/MapCanvas.tsx'
import { drawPath } from '../map/marks.ts'
import type { Canvas2d } from '../map/view.ts'
import { stageColour } from '../stages.ts'

export interface PathSet {
  /** Paths, each as x, z pairs in metres. */
  readonly paths: readonly ArrayLike<number>[]
  /** Stage that gives the paths their colour. */
  readonly stage: string
  readonly opacity: number
}

const WIDTH = 0.24

export class PathsPainter implements MapPainter {
  #sets: readonly PathSet[] = []
  #version = 0
  readonly #listeners = new Set<() => void>()

  /** Sets the paths to paint, from the bottom set to the top one. */
  show(sets: readonly PathSet[]): void {
    this.#sets = sets
    this.#version++
    for (const changed of this.#listeners) changed()
  }

  subscribe(changed: () => void): () => void {
    this.#listeners.add(changed)
    return () => this.#listeners.delete(changed)
  }

  picture(): string {
    return String(this.#version)
  }

  paint(context: Canvas2d, look: MapLook): void {
    for (const { paths, stage, opacity } of this.#sets) {
      const stroke = { colour: stageColour(stage)[look.stages], width: WIDTH, opacity }
      for (const path of paths) drawPath(context, path, stroke)
    }
  }
}
