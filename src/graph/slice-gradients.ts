/**
 * The gradient of a value that is used in slices. Zero-padding each slice's gradient and adding them up
 * would cost n times the length of a parameter vector cut into n parts; slices that do not overlap are
 * concatenated instead.
 */
import type { GraphBuilder } from './builder.ts'
import type { Value } from './types.ts'

/** The gradient of a contiguous slice that begins at `start` along one axis. */
export interface SliceGradient {
  readonly gradient: Value
  readonly axis: number
  readonly start: number
}

/** Combines slice gradients into a few full-size gradients, whose sum is the total. */
export function addSlices(
  builder: GraphBuilder,
  value: Value,
  slices: readonly SliceGradient[],
): Value[] {
  const layers: SliceGradient[][] = []
  const inOrder = [...slices].sort((a, b) => a.axis - b.axis || a.start - b.start)
  for (const slice of inOrder) {
    const layer = layers.find((candidate) => follows(slice, candidate.at(-1)))
    if (layer) layer.push(slice)
    else layers.push([slice])
  }
  return layers.map((layer) => joinLayer(builder, value, layer))
}

function extentOf(value: Value, axis: number): number {
  return Number(value.shape[axis])
}

function endOf({ gradient, axis, start }: SliceGradient): number {
  return start + extentOf(gradient, axis)
}

function follows(slice: SliceGradient, last: SliceGradient | undefined): boolean {
  return last !== undefined && last.axis === slice.axis && endOf(last) <= slice.start
}

/**
 * Concatenates sorted, disjoint slices. Each is zero-padded up to the next one, and the first also from
 * the beginning of the axis.
 */
function joinLayer(builder: GraphBuilder, value: Value, layer: readonly SliceGradient[]): Value {
  const axis = layer[0]?.axis ?? 0
  const parts = layer.map((slice, index) => {
    const before = index === 0 ? slice.start : 0
    const next = layer[index + 1]?.start ?? extentOf(value, axis)
    return builder.pad(slice.gradient, axis, before, next - endOf(slice))
  })
  return builder.concat(parts, axis)
}
