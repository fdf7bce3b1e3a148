/** Many paths at once on a map, each set of them in the colour of a stage. */
import type { MapLook } from '../map/looks.ts'
import type { MapPainter } from '../map/MapCanvas.tsx'
import { drawPath } from '../map/marks.ts'
import type { Canvas2d } from '../map/view.ts'
import { stageColour } from '../stages.ts'

export interface PathSet {
  /** x, z pairs in metres. */
  readonly paths: readonly ArrayLike<number>[]
  /** Whose colour they have. */
  readonly stage: string
  readonly opacity: number
}

const WIDTH = 0.24

export class PathsPainter implements MapPainter {
  #sets: readonly PathSet[] = []
  #version = 0

  /** The sets from the lowest to the one on top. */
  show(sets: readonly PathSet[]): void {
    this.#sets = sets
    this.#version++
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
