/** Gradients of graphs for tests, and the slopes of slow losses to hold them against. */
import { encodeModel, type GraphBuilder } from '../../graph/index.ts'
import type { ParameterLayout } from '../../network/index.ts'
import { type Device, type Feeds, float32, hostOutput } from '../../runtime/index.ts'

/** What one run of a gradient graph adds to an accumulator of zeros, and its metrics. */
export async function gradientBy(
  device: Device,
  graph: GraphBuilder,
  theta: Float32Array,
  feeds: Feeds,
): Promise<{ gradient: Float32Array; metrics: Float32Array }> {
  const program = await device.load(encodeModel(graph))
  const outputs = await program.run({
    ...feeds,
    theta: float32([theta.length], theta),
    accumulator: float32([theta.length]),
  })
  await program.release()
  return {
    gradient: hostOutput(outputs, 'accumulated').data,
    metrics: hostOutput(outputs, 'metrics').data,
  }
}

export function normOf(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
}

/** Along the gradient of one slot: the gradient's own slope, and that of the slow loss. */
export interface Slopes {
  readonly slot: string
  readonly found: number
  readonly slow: number
}

/**
 * The slopes of every slot, along the slot's gradient itself so that they are far from zero; along
 * its first parameter where the gradient is zero.
 */
export function slopes(
  layout: ParameterLayout,
  theta: Float32Array,
  gradient: Float32Array,
  slowLoss: (theta: Float64Array) => number,
): Slopes[] {
  // Short, so that hardly a ReLU changes sides on the way.
  const distance = 1e-6
  return layout.slots.map(({ name, offset, count }) => {
    const part = gradient.subarray(offset, offset + count)
    const norm = normOf(part)
    const direction = Array.from(part, (value, index) =>
      norm > 0 ? value / norm : index === 0 ? 1 : 0,
    )
    const at = (moved: number): number => {
      const point = Float64Array.from(theta)
      for (const [index, value] of direction.entries()) {
        point[offset + index] = (point[offset + index] ?? Number.NaN) + moved * value
      }
      return slowLoss(point)
    }
    return { slot: name, found: norm, slow: (at(distance) - at(-distance)) / (2 * distance) }
  })
}
