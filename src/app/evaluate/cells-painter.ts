/** A grid of values as coloured cells on a map; where there is nothing, the ground shows. */
import type { Occupancy } from '../../evaluation/heatmap.ts'
import { BOUNDS } from '../../island/index.ts'
import type { MapPainter } from '../map/MapCanvas.tsx'
import type { Canvas2d } from '../map/view.ts'

/** Metres by which cells overlap, so that no seam shows between them. */
const OVERLAP = 0.02

/** `colourOf` is asked for each value and gives no colour to what is neutral. */
export function cellsPainter(
  grid: Pick<Occupancy, 'cell' | 'columns'>,
  values: Float64Array,
  colourOf: (value: number) => string | undefined,
): MapPainter {
  return {
    // A grid of other values has a painter of its own.
    picture: () => '',
    paint(context: Canvas2d) {
      for (const [index, value] of values.entries()) {
        const colour = colourOf(value)
        if (colour === undefined) continue
        context.fillStyle = colour
        const x = BOUNDS.minX + grid.cell * (index % grid.columns)
        const z = BOUNDS.minZ + grid.cell * Math.floor(index / grid.columns)
        context.fillRect(x, z, grid.cell + OVERLAP, grid.cell + OVERLAP)
      }
    },
  }
}
