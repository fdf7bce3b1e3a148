/** Painter for a grid of values as coloured cells on a map; cells without a colour show the ground. */
import type { Occupancy } from '../../evaluation/heatmap.ts'
import type { MapPainter } from '../map/MapCanvas.tsx'
import type { Canvas2d } from '../map/view.ts'

/** Metres by which cells overlap, so that no seam shows between them. */
const OVERLAP = 0.02

/** Returns the painter; `colourOf` is called for each value and returns undefined for a neutral one. */
export function cellsPainter(
  grid: Pick<Occupancy, 'cell' | 'columns' | 'x' | 'z'>,
  values: Float64Array,
  colourOf: (value: number) => string | undefined,
): MapPainter {
  return {
    // The key is constant: a grid of other values has a painter of its own.
    picture: () => '',
    paint(context: Canvas2d) {
      for (const [index, value] of values.entries()) {
        const colour = colourOf(value)
        if (colour === undefined) continue
        context.fillStyle = colour
        const x = grid.x + grid.cell * (index % grid.columns)
        const z = grid.z + grid.cell * Math.floor(index / grid.columns)
        context.fillRect(x, z, grid.cell + OVERLAP, grid.cell + OVERLAP)
      }
    },
  }
}
