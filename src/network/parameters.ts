import { type Key, RandomStream, splitKey } from '../island/index.ts'
import { PATCH_VALUES, PATCHES } from './observation-layout.ts'
import type { NetworkSize } from './sizes.ts'

/** What the trunk's features are read out as: action logits, or one reward. */
export type HeadKind = 'policy' | 'reward'

/** Width of the read-out: 4 sticks × 11 bins and 2 buttons × 2, or one number. */
export const HEAD_WIDTHS: Readonly<Record<HeadKind, number>> = { policy: 48, reward: 1 }

/** How a parameter is drawn at the start of training. */
type Initialisation =
  | { readonly kind: 'normal'; readonly deviation: number }
  | { readonly kind: 'constant'; readonly value: number }

/** One named tensor inside the flat parameter vector. */
export interface ParameterSlot {
  readonly name: string
  readonly shape: readonly number[]
  /** First element's index in the flat vector. */
  readonly offset: number
  readonly count: number
  readonly initialisation: Initialisation
}

/**
 * Where every parameter lies in the one flat float32 vector.
 *
 * The order is `head | trunk matrices | trunk gains and biases`, so that four things are
 * contiguous: the head `[0, headCount)`, the trunk `[headCount, count)`, what weight decay applies
 * to `[0, decayedCount)`, and what it does not `[decayedCount, count)`.
 */
export interface ParameterLayout {
  readonly size: NetworkSize
  readonly head: HeadKind
  /**
   * The lowest block that is in it: 0 for a whole network, which reads frames. A layout of the blocks
   * from k > 0 on reads the stream that those below make of the frames; see `upperLayout`.
   */
  readonly firstLayer: number
  readonly slots: readonly ParameterSlot[]
  readonly headCount: number
  readonly decayedCount: number
  readonly count: number
}

export interface Declaration {
  readonly name: string
  readonly shape: readonly number[]
  readonly initialisation: Initialisation
}

/** A matrix `[inputs, outputs]` drawn with deviation gain/√inputs, which keeps the signal's scale. */
function matrix(name: string, inputs: number, outputs: number, gain = 1): Declaration {
  return {
    name,
    shape: [inputs, outputs],
    initialisation: { kind: 'normal', deviation: gain / Math.sqrt(inputs) },
  }
}

function vector(name: string, shape: readonly number[], value: number): Declaration {
  return { name, shape, initialisation: { kind: 'constant', value } }
}

function trunkMatrices(size: NetworkSize): Declaration[] {
  const { width, layers, patchFeatures, frameFeatures } = size
  // Residual branches start smaller the deeper the network (Radford et al. 2019, section 2.3).
  const branchGain = 1 / Math.sqrt(2 * layers)
  const declarations = [
    matrix('frame/patch/weight', PATCH_VALUES, patchFeatures, 2),
    matrix('frame/join/weight', PATCHES * patchFeatures, frameFeatures, 1.4),
    matrix('frame/output/weight', frameFeatures, width),
  ]
  for (let layer = 0; layer < layers; layer++) {
    declarations.push(
      matrix(`layer${layer}/attention/queryKeyValue`, width, 3 * width),
      matrix(`layer${layer}/attention/output`, width, width, branchGain),
      matrix(`layer${layer}/mlp/expand`, width, 4 * width),
      matrix(`layer${layer}/mlp/contract`, 4 * width, width, branchGain),
    )
  }
  return declarations
}

function trunkVectors(size: NetworkSize): Declaration[] {
  const declarations = [
    vector('frame/patch/bias', [PATCHES, size.patchFeatures], 0),
    vector('frame/join/bias', [size.frameFeatures], 0),
  ]
  for (let layer = 0; layer < size.layers; layer++) {
    declarations.push(vector(`layer${layer}/attention/gain`, [size.width], 1))
    declarations.push(vector(`layer${layer}/mlp/gain`, [size.width], 1))
  }
  declarations.push(vector('final/gain', [size.width], 1))
  return declarations
}

/**
 * The read-out. A reward model also has an offset: it has no gradient, as only differences of rewards
 * are trained, and stays 0 until the rewards are normalised.
 */
function headParameters(size: NetworkSize, head: HeadKind): Declaration[] {
  const readOut = matrix(`head/${head}`, size.width, HEAD_WIDTHS[head], 0.1)
  return head === 'policy' ? [readOut] : [readOut, vector('head/offset', [1], 0)]
}

/** The layout of a network of this size with this head. */
export function parameterLayout(size: NetworkSize, head: HeadKind): ParameterLayout {
  return placed(
    { size, head, firstLayer: 0 },
    headParameters(size, head),
    trunkMatrices(size),
    trunkVectors(size),
  )
}

/** Lays declarations one after the other: the head, matrices of the trunk, its gains and biases. */
export function placed(
  about: Pick<ParameterLayout, 'size' | 'head' | 'firstLayer'>,
  head: readonly Declaration[],
  matrices: readonly Declaration[],
  vectors: readonly Declaration[],
): ParameterLayout {
  const slots: ParameterSlot[] = []
  let offset = 0
  const place = (declarations: readonly Declaration[]): number => {
    for (const declaration of declarations) {
      const count = declaration.shape.reduce((product, side) => product * side, 1)
      slots.push({ ...declaration, offset, count })
      offset += count
    }
    return offset
  }
  const headCount = place(head)
  const decayedCount = place(matrices)
  const count = place(vectors)
  return { ...about, slots, headCount, decayedCount, count }
}

/** Fresh parameters `[count]`. Each slot has its own key, so a slot's draw depends on its name only. */
export function initialParameters(layout: ParameterLayout, key: Key): Float32Array {
  const parameters = new Float32Array(layout.count)
  for (const slot of layout.slots) {
    const { initialisation } = slot
    if (initialisation.kind === 'constant') {
      parameters.fill(initialisation.value, slot.offset, slot.offset + slot.count)
      continue
    }
    const random = new RandomStream(splitKey(key, 'initialise', slot.name))
    for (let index = 0; index < slot.count; index++) {
      parameters[slot.offset + index] = initialisation.deviation * random.normal()
    }
  }
  return parameters
}

/**
 * Parameters of `layout` with the trunk taken from `source` and a fresh head: how a reward model
 * starts from an agent.
 */
export function withTrunkOf(
  layout: ParameterLayout,
  source: { readonly layout: ParameterLayout; readonly parameters: Float32Array },
  key: Key,
): Float32Array {
  const trunk = source.parameters.subarray(source.layout.headCount)
  const expected = layout.count - layout.headCount
  if (trunk.length !== expected) {
    throw new Error(
      `The source's trunk has ${trunk.length} parameters, but ${expected} were expected: use a source of the same size`,
    )
  }
  const parameters = initialParameters(layout, key)
  parameters.set(trunk, layout.headCount)
  return parameters
}

/** The head alone as a layout of its own: for training it on features of a trunk that stays fixed. */
export function headLayout(layout: ParameterLayout): ParameterLayout {
  const { headCount } = layout
  const slots = layout.slots.filter(({ offset }) => offset < headCount)
  return { ...layout, slots, decayedCount: headCount, count: headCount }
}

/**
 * The parameters of a reward model whose rewards are (r − mean) / deviation where those of
 * `parameters` are r: the read-out is scaled and its offset set.
 */
export function normaliseRewards(
  layout: ParameterLayout,
  parameters: Float32Array,
  mean: number,
  deviation: number,
): Float32Array {
  if (layout.head !== 'reward' || !(deviation > 0)) {
    throw new Error(
      `Rewards of a ${layout.head} with deviation ${deviation} cannot be normalised: expected a reward model whose rewards differ`,
    )
  }
  const normalised = parameters.slice()
  for (let index = 0; index < layout.headCount - 1; index++) {
    normalised[index] = (parameters[index] ?? 0) / deviation
  }
  const offset = layout.headCount - 1
  normalised[offset] = ((parameters[offset] ?? 0) - mean) / deviation
  return normalised
}
