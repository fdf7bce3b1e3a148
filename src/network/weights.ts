import { type GraphBuilder, toFloat16, type Value } from '../graph/index.ts'
import type { ParameterLayout, ParameterSlot } from './parameters.ts'

/** Named parameters of a network as values of the graph under construction. */
export interface NamedWeights {
  get(name: string): Value
}

/** Named parameters that follow a layout. */
export interface Weights extends NamedWeights {
  /** Returns the parameters requested so far, in the layout's order. */
  used(): readonly { readonly slot: ParameterSlot; readonly value: Value }[]
}

/** Creates weights lazily, each at its first `get`, which throws for an unknown name. */
function weightsFrom(layout: ParameterLayout, create: (slot: ParameterSlot) => Value): Weights {
  const slots = new Map(layout.slots.map((slot) => [slot.name, slot]))
  const values = new Map<string, Value>()
  return {
    get(name) {
      const existing = values.get(name)
      if (existing !== undefined) return existing
      const slot = slots.get(name)
      if (slot === undefined) {
        throw new Error(
          `The network has no parameter "${name}": expected one of ${[...slots.keys()].join(', ')}`,
        )
      }
      const value = create(slot)
      values.set(name, value)
      return value
    },
    used() {
      return layout.slots.flatMap((slot) => {
        const value = values.get(slot.name)
        return value === undefined ? [] : [{ slot, value }]
      })
    },
  }
}

/**
 * Creates weights sliced from one flat input vector `[layout.count]`, the form used in training. Uses
 * one `Slice` per parameter rather than one `Split`, because a WebGPU shader can bind only ten storage
 * buffers.
 */
export function weightsFromVector(
  builder: GraphBuilder,
  layout: ParameterLayout,
  vector: Value,
): Weights {
  return weightsFrom(layout, (slot) =>
    builder.reshape(builder.slice(vector, 0, slot.offset, slot.offset + slot.count), slot.shape),
  )
}

/** Creates weights sliced from a new graph input `theta`, float32 `[layout.count]`. */
export function weightsFromInput(builder: GraphBuilder, layout: ParameterLayout): Weights {
  return weightsFromVector(builder, layout, builder.input('theta', 'float32', [layout.count]))
}

/** Creates weights as named float32 initialisers, which the graph references rather than copies. */
export function weightsFixed(
  builder: GraphBuilder,
  layout: ParameterLayout,
  parameters: Float32Array,
): Weights {
  return weightsFrom(layout, ({ name, shape, offset, count }) =>
    builder.initializer(name, 'float32', shape, parameters.subarray(offset, offset + count)),
  )
}

/**
 * Creates weights as named float16 initialisers followed by a Cast: the exported form, which halves the
 * file size. Throws if the number of parameters is wrong.
 */
export function weightsAsInitializers(
  builder: GraphBuilder,
  layout: ParameterLayout,
  parameters: Float32Array,
): Weights {
  if (parameters.length !== layout.count) {
    throw new Error(`Found ${parameters.length} parameters, expected ${layout.count}`)
  }
  return weightsFrom(layout, (slot) => {
    const data = toFloat16(parameters.subarray(slot.offset, slot.offset + slot.count))
    return builder.cast(builder.initializer(slot.name, 'float16', slot.shape, data), 'float32')
  })
}
