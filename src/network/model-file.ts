import { z } from 'zod'
import {
  type DecodedModel,
  decodeModel,
  encodeModel,
  fromFloat16,
  type GraphBuilder,
} from '../graph/index.ts'
import { HEAD_SIZES, WORLD_VERSION } from '../island/index.ts'
import { OBSERVATION_LAYOUT } from './observation-layout.ts'
import { type ParameterLayout, parameterLayout } from './parameters.ts'
import { stepGraph } from './policy.ts'
import { rewardScoreGraph } from './reward.ts'
import { networkSizeSchema } from './sizes.ts'
import { CONTEXT } from './transformer.ts'
import { type Weights, weightsAsInitializers, weightsFromInput } from './weights.ts'

export const MODEL_VERSION = 1
const ACTION_HEADS = HEAD_SIZES.join(',')

/** The training recipe of a model, a flat record stored as JSON. */
const recipeSchema = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]))

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue('not JSON')
    return z.NEVER
  }
})

/** Entries of a model file's `metadata_props`, all stored as text. */
const metadataSchema = z.object({
  'jumppad.kind': z.enum(['policy', 'reward']),
  'jumppad.worldVersion': z.coerce.number().int(),
  'jumppad.observation': z.literal(OBSERVATION_LAYOUT),
  'jumppad.actionHeads': z.literal(ACTION_HEADS),
  'jumppad.size': jsonText.pipe(networkSizeSchema),
  'jumppad.stage': z.string().min(1),
  'jumppad.recipe': jsonText.pipe(recipeSchema),
  'jumppad.key': z.string(),
})

export type Recipe = z.infer<typeof recipeSchema>

/** Provenance of a model, stored in its file. */
export interface ModelCard {
  readonly stage: string
  readonly recipe: Recipe
  /** Seed path that the training's random streams are split from. */
  readonly key: string
}

export interface ImportedModel {
  readonly card: ModelCard
  readonly worldVersion: number
  readonly layout: ParameterLayout
  /** Parameters, float32 `[layout.count]`, which were rounded to float16 on export. */
  readonly parameters: Float32Array
}

/**
 * Encodes a model as one ONNX file with float16 weights: the step graph of a policy, or the scoring
 * graph of a reward model for one clip of up to 100 decisions.
 */
export function exportModel(
  layout: ParameterLayout,
  parameters: Float32Array,
  card: ModelCard,
): Uint8Array {
  const weights = (graph: GraphBuilder) => weightsAsInitializers(graph, layout, parameters)
  return encodeModel(shippedGraph(layout, weights), {
    metadata: {
      'jumppad.version': String(MODEL_VERSION),
      'jumppad.kind': layout.head,
      'jumppad.worldVersion': String(WORLD_VERSION),
      'jumppad.observation': OBSERVATION_LAYOUT,
      'jumppad.actionHeads': ACTION_HEADS,
      'jumppad.size': JSON.stringify(layout.size),
      'jumppad.stage': card.stage,
      'jumppad.recipe': JSON.stringify(card.recipe),
      'jumppad.key': card.key,
    },
  })
}

function shippedGraph(
  layout: ParameterLayout,
  weights: (graph: GraphBuilder) => Weights,
): GraphBuilder {
  return layout.head === 'policy'
    ? stepGraph(layout.size, weights)
    : rewardScoreGraph(layout, { clips: 1, length: CONTEXT }, weights)
}

/**
 * Reads the card and parameters of a file written by `exportModel`; all other graphs are rebuilt from
 * them. Throws a one-sentence Error if the bytes are not such a file.
 */
export function importModel(bytes: Uint8Array): ImportedModel {
  const decoded = decodeModel(bytes)
  checkVersions(decoded)
  const read = metadataSchema.safeParse(decoded.metadata)
  if (!read.success) {
    const issue = read.error.issues[0]
    const what = issue === undefined ? 'no metadata' : `${issue.path.join('.')}: ${issue.message}`
    throw new Error(
      `This ONNX file is not a Jumppad model this lab can read (${what}): choose a file exported by this version of the lab`,
    )
  }
  const metadata = read.data
  const layout = parameterLayout(metadata['jumppad.size'], metadata['jumppad.kind'])
  checkGraph(layout, decoded)
  return {
    card: {
      stage: metadata['jumppad.stage'],
      recipe: metadata['jumppad.recipe'],
      key: metadata['jumppad.key'],
    },
    worldVersion: metadata['jumppad.worldVersion'],
    layout,
    parameters: collectParameters(layout, decoded),
  }
}

/** Newest versions that all builds of onnxruntime in use support. */
const NEWEST = { irVersion: 10, opset: 21 }

/** Throws if the file is not a Jumppad model, or of a version that cannot be read or run here. */
function checkVersions({ metadata, irVersion, opset }: DecodedModel): void {
  const version = metadata['jumppad.version']
  if (version === undefined) {
    throw new Error(
      'This ONNX file has no Jumppad metadata, so it was not made by Jumppad: choose a model that was trained in this lab or downloaded from it.',
    )
  }
  if (version !== String(MODEL_VERSION)) {
    throw new Error(
      `Found version ${version.slice(0, 20)} of Jumppad's model files, expected ${MODEL_VERSION}: the file is from another release, open it with that release.`,
    )
  }
  if (irVersion > NEWEST.irVersion || opset > NEWEST.opset) {
    throw new Error(
      `This model uses ONNX operator set ${opset} and file format ${irVersion}, but at most ${NEWEST.opset} and ${NEWEST.irVersion} can run here: export it for older versions.`,
    )
  }
}

/**
 * Throws if the graph has other inputs or outputs than `exportModel` writes, by name, or custom
 * operators: pages could not run it.
 */
function checkGraph(layout: ParameterLayout, { inputs, outputs, nodeTypes }: DecodedModel): void {
  const expected = graphOf(layout)
  const differs = (found: readonly string[], wanted: readonly string[]): string | undefined => {
    const stranger = found.find((name) => !wanted.includes(name))
    return stranger ?? wanted.find((name) => !found.includes(name))
  }
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name)
  const wrong =
    differs(
      names(inputs),
      names(expected.inputs).filter((name) => name !== 'theta'),
    ) ??
    differs(names(outputs), names(expected.outputs)) ??
    nodeTypes.find((type) => type.includes('.'))
  if (wrong === undefined) return
  throw new Error(
    `The model file's graph is not one that Jumppad writes (it differs in "${wrong}"): the file was modified, choose the original export.`,
  )
}

/** Builds the exported graph of a layout with its weights as an input `theta`. */
function graphOf(layout: ParameterLayout): GraphBuilder {
  return shippedGraph(layout, (graph) => weightsFromInput(graph, layout))
}

function collectParameters(layout: ParameterLayout, decoded: DecodedModel): Float32Array {
  const parameters = new Float32Array(layout.count)
  for (const slot of layout.slots) {
    const tensor = decoded.initializers.get(slot.name)
    const found = tensor === undefined ? 'none' : `${tensor.type} [${tensor.shape.join(', ')}]`
    const bits = tensor?.data
    if (
      tensor?.type !== 'float16' ||
      !(bits instanceof Uint16Array) ||
      bits.length !== slot.count
    ) {
      throw new Error(
        `The model file's weight "${slot.name}" is ${found}, expected float16 [${slot.shape.join(', ')}]: the file is damaged or of another kind`,
      )
    }
    parameters.set(fromFloat16(bits), slot.offset)
  }
  if (!parameters.every(Number.isFinite)) {
    throw new Error('The model file contains weights that are NaN or infinite: it is damaged')
  }
  return parameters
}
