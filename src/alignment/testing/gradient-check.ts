/** Gradients of graphs for tests, and finite-difference slopes of slow losses to compare them with. */
import { encodeModel, type GraphBuilder } from '../../graph/index.ts'
import type { ParameterLayout } from '../../network/index.ts'
import { type Device, type Feeds, float32, hostOutput } from '../../runtime/index.ts'

/** Resolves to the gradient that one run of a gradient graph adds to a zero accumulator, and its metrics. */
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

/** Slopes along the gradient of one slot: the gradient's own, and that of the slow loss. */
export interface Slopes {
  readonly slot: string
  readonly found: number
  readonly slow: number
}

/**
 * Returns the slopes of every slot, along the slot's own gradient so that they are far from zero, or along
 * its first parameter if the gradient is zero.
 */
export function slopes(
  layout: ParameterLayout,
  theta: Float32Array,
  gradient: Float32Array,
  slowLoss: (theta: Float64Array) => number,
): Slopes[] {
  // Short, so that hardly any ReLU's input changes sign on the way.
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
