/**
 * The upper part of a network, its topmost blocks, final norm and head, as a layout of its own. The
 * blocks below are frozen, so that their residual stream is computed only once per clip.
 */
import { type Network, type ParameterLayout, type ParameterSlot, placed } from './parameters.ts'

/**
 * Returns the layout of the topmost `blocks` blocks of a network with its final norm and head, or the
 * whole layout if the network has no more blocks than that, or if `blocks` is 0.
 */
export function upperLayout(whole: ParameterLayout, blocks: number): ParameterLayout {
  const { size, head, headCount, decayedCount } = whole
  const firstLayer = size.layers - blocks
  if (blocks === 0 || firstLayer <= 0) return whole
  const isUpper = ({ name }: ParameterSlot): boolean => {
    const layer = /^layer(\d+)\//.exec(name)?.[1]
    return layer === undefined ? !name.startsWith('frame/') : Number(layer) >= firstLayer
  }
  const upper = whole.slots.filter(isUpper)
  return placed(
    { size, head, firstLayer },
    upper.filter(({ offset }) => offset < headCount),
    upper.filter(({ offset }) => offset >= headCount && offset < decayedCount),
    upper.filter(({ offset }) => offset >= decayedCount),
  )
}

/** Extracts the parameters of a part from those of the whole. Throws if the whole lacks any of them. */
export function partOf(
  part: ParameterLayout,
  whole: ParameterLayout,
  parameters: Float32Array,
): Float32Array {
  const found = new Float32Array(part.count)
  for (const [to, from] of paired(part, whole)) {
    found.set(parameters.subarray(from.offset, from.offset + from.count), to.offset)
  }
  return found
}

/** Returns a copy of the parameters of the whole with those of a part replaced by `learnt`. */
export function withPart(
  part: ParameterLayout,
  whole: ParameterLayout,
  parameters: Float32Array,
  learnt: Float32Array,
): Float32Array {
  const joined = parameters.slice()
  for (const [from, to] of paired(part, whole)) {
    joined.set(learnt.subarray(from.offset, from.offset + from.count), to.offset)
  }
  return joined
}

/**
 * Returns the upper `blocks` blocks of a network if everything below them equals that of `other`, so
 * that both can share one residual stream; otherwise the whole network.
 */
export function standingOn(other: Network, network: Network, blocks: number): Network {
  const { layout, parameters } = network
  const part = upperLayout(layout, blocks)
  if (part.firstLayer === 0 || !sameBelow(part, network, other)) return network
  return { layout: part, parameters: partOf(part, layout, parameters) }
}

/** Returns whether two networks have equal parameters below a part of the first. */
function sameBelow(part: ParameterLayout, one: Network, other: Network): boolean {
  if (one.layout.size.layers !== other.layout.size.layers) return false
  const own = new Set(part.slots.map(({ name }) => name))
  const slots = new Map(other.layout.slots.map((slot) => [slot.name, slot]))
  return one.layout.slots.every(({ name, offset, count }) => {
    if (own.has(name)) return true
    const there = slots.get(name)
    if (there?.count !== count) return false
    for (let index = 0; index < count; index++) {
      if (one.parameters[offset + index] !== other.parameters[there.offset + index]) return false
    }
    return true
  })
}

function paired(part: ParameterLayout, whole: ParameterLayout): [ParameterSlot, ParameterSlot][] {
  const slots = new Map(whole.slots.map((slot) => [slot.name, slot]))
  return part.slots.map((slot) => {
    const there = slots.get(slot.name)
    if (there?.count === slot.count) return [slot, there]
    throw new Error(`The network has no parameter "${slot.name}" of ${slot.count} numbers`)
  })
}
