import type { GraphBuilder, Value } from '../graph/index.ts'
import type { ParameterLayout, ParameterSlot } from './parameters.ts'

/** Hands out each named parameter of a network as a value of the graph under construction. */
export interface Weights {
  get(name: string): Value
  /** The parameters asked for so far, in the layout's order. */
  used(): readonly { readonly slot: ParameterSlot; readonly value: Value }[]
}

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
 * Weights cut out of one flat input vector `[layout.count]`: the form used while training.
 * One `Slice` per parameter rather than one `Split`, because a WebGPU shader may bind only ten
 * storage buffers.
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

/** Weights as named float16 initialisers with a Cast: the form that is shipped, half the bytes. */
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

const scratch = new DataView(new ArrayBuffer(4))

/** Nearest float16 bit patterns (ties to even) of float32 values; magnitudes past 65,504 become ±65,504. */
export function toFloat16(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, float16Bits)
}

function float16Bits(value: number): number {
  scratch.setFloat32(0, value)
  const bits = scratch.getUint32(0)
  const sign = (bits >>> 16) & 0x8000
  const magnitude = bits & 0x7fffffff
  if (magnitude > 0x7f800000) return sign | 0x7e00
  if (magnitude >= 0x477fe000) return sign | 0x7bff
  if (magnitude < 0x38800000) {
    // Subnormal in float16: its unit is 2^-24.
    const scaled = Math.abs(value) * 16777216
    const floor = Math.floor(scaled)
    const rest = scaled - floor
    const up = rest > 0.5 || (rest === 0.5 && (floor & 1) === 1)
    return sign | (floor + (up ? 1 : 0))
  }
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1)
  return sign | ((rounded - 0x38000000) >>> 13)
}

/** float32 values of float16 bit patterns. */
export function fromFloat16(bits: ArrayLike<number>): Float32Array {
  return Float32Array.from(bits, (half) => {
    const sign = (half & 0x8000) === 0 ? 1 : -1
    const exponent = (half >>> 10) & 0x1f
    const fraction = half & 0x3ff
    if (exponent === 0) return sign * fraction * 2 ** -24
    if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
  })
}
