import type { MatrixRange } from '../graph/index.ts'
import { type Key, RandomStream, splitKey } from '../island/index.ts'
import { PATCH_VALUES, PATCHES } from './observation-layout.ts'
import type { NetworkSize } from './sizes.ts'

/** Output head on the trunk's features: action logits or one reward. */
export type HeadKind = 'policy' | 'reward'

/** Output width of each head: 4 stick axes × 11 bins and 2 buttons × 2, or one number. */
export const HEAD_WIDTHS: Readonly<Record<HeadKind, number>> = { policy: 48, reward: 1 }

/** Distribution that a parameter is initialised from. */
type Initialisation =
  | { readonly kind: 'normal'; readonly deviation: number }
  | { readonly kind: 'constant'; readonly value: number }

/** One named tensor inside the flat parameter vector. */
export interface ParameterSlot {
  readonly name: string
  readonly shape: readonly number[]
  /** Index of the first element in the flat vector. */
  readonly offset: number
  readonly count: number
  readonly initialisation: Initialisation
}

/**
 * Positions of all parameters in one flat float32 vector.
 *
 * The order is `head | trunk matrices | trunk gains and biases`, so that four ranges are contiguous:
 * the head `[0, headCount)`, the trunk `[headCount, count)`, the parameters with weight decay
 * `[0, decayedCount)`, and those without `[decayedCount, count)`.
 */
export interface ParameterLayout {
  readonly size: NetworkSize
  readonly head: HeadKind
  /**
   * Index of the lowest block included: 0 for a whole network, which reads frames. A layout of the
   * blocks from k > 0 on reads the residual stream computed by the blocks below; see `upperLayout`.
   */
  readonly firstLayer: number
  readonly slots: readonly ParameterSlot[]
  readonly headCount: number
  readonly decayedCount: number
  readonly count: number
}

/** A network as its layout and its parameters, float32 `[layout.count]`. */
export interface Network {
  readonly layout: ParameterLayout
  readonly parameters: Float32Array
}

export interface Declaration {
  readonly name: string
  readonly shape: readonly number[]
  readonly initialisation: Initialisation
}

/**
 * Declares a matrix `[inputs, outputs]`, drawn with standard deviation gain/√inputs, which preserves
 * the scale of the signal.
 */
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
  // Residual branches start smaller in deeper networks (Radford et al. 2019, section 2.3).
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
 * Declares the output head. A reward model also has an offset: it gets no gradient, since only reward
 * differences are trained, and stays 0 until the rewards are normalised.
 */
function headParameters(size: NetworkSize, head: HeadKind): Declaration[] {
  const readOut = matrix(`head/${head}`, size.width, HEAD_WIDTHS[head], 0.1)
  return head === 'policy' ? [readOut] : [readOut, vector('head/offset', [1], 0)]
}

/** Returns the layout of a network of the given size and head. */
export function parameterLayout(size: NetworkSize, head: HeadKind): ParameterLayout {
  return placed(
    { size, head, firstLayer: 0 },
    headParameters(size, head),
    trunkMatrices(size),
    trunkVectors(size),
  )
}

/** Returns where the matrices of a layout's blocks are in the flat vector, one right after the other. */
export function blockMatrices({ slots }: ParameterLayout): MatrixRange[] {
  return slots.flatMap(({ name, offset, shape: [rows, columns, ...others] }) =>
    name.startsWith('layer') && rows !== undefined && columns !== undefined && others.length === 0
      ? [{ offset, rows, columns }]
      : [],
  )
}

/** Assigns consecutive offsets to the head, the trunk's matrices, and its gains and biases. */
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

/** Draws parameters `[count]`. Each slot has its own key, so its values do not depend on other slots. */
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
 * Returns parameters of `layout` with the trunk of `source` and a newly drawn head, as when a reward
 * model is initialised from an agent. Throws if the trunks differ in size.
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

/** Returns the layout of the head alone, for training it on features of a frozen trunk. */
export function headLayout(layout: ParameterLayout): ParameterLayout {
  const { headCount } = layout
  const slots = layout.slots.filter(({ offset }) => offset < headCount)
  return { ...layout, slots, decayedCount: headCount, count: headCount }
}

/**
 * Returns parameters of a reward model whose rewards are (r − mean) / deviation, where r are those of
 * `parameters`, by rescaling the head and its offset. Throws unless the head is a reward and
 * `deviation` is positive.
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
