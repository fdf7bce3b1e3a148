/** Results of finished parts, kept in the run's store so that a resume does not repeat them. */
import { z } from 'zod'
import type { TrainingEnd } from '../../alignment/index.ts'
import { type Episode, type StartKind, WORLD_VERSION } from '../../island/index.ts'
import { type HeadKind, type NetworkSize, parameterLayout } from '../../network/index.ts'
import type { NetworkParameters } from '../play.ts'
import { decodeTensorFile, encodeTensorFile } from '../safetensors.ts'
import type { Store } from '../store.ts'

const VERSION = '1'

/** Files of the parts' results; a finished run keeps only the last of them. */
export const RESULT_FILES = {
  clips: 'clips.safetensors',
  reward: 'reward-model.safetensors',
  preference: 'preference-policy.safetensors',
  policy: 'policy.safetensors',
} as const

const ENDS = [
  'last update',
  'converged',
  'diverged',
  'by hand',
] as const satisfies readonly TrainingEnd[]

/** Notes stored with the model that a part produced. */
const notesSchema = z.object({
  step: z.int().nonnegative(),
  stopped: z.enum(ENDS),
  problem: z.string().or(z.undefined()).optional(),
  /** Standard deviation by which the rewards were divided; reward models only. */
  deviation: z.number().or(z.undefined()).optional(),
  /** Accuracy on held-out labels; reward models only. */
  heldOut: z.object({ accuracy: z.number(), comparisons: z.int() }).or(z.undefined()).optional(),
})

type PartNotes = z.infer<typeof notesSchema>

export interface PartResult extends NetworkParameters {
  readonly notes: PartNotes
}

export function saveModel(
  store: Store,
  file: string,
  identity: string,
  { layout, parameters, notes }: PartResult,
): Promise<void> {
  return store.write(
    file,
    encodeTensorFile({
      metadata: { version: VERSION, identity, head: layout.head, notes: JSON.stringify(notes) },
      tensors: new Map([['theta', { shape: [parameters.length], data: parameters }]]),
    }),
  )
}

/** Resolves with the stored model of a part; undefined where there is none of this identity. */
export async function loadModel(
  store: Store,
  file: string,
  identity: string,
  size: NetworkSize,
  head: HeadKind,
): Promise<PartResult | undefined> {
  const bytes = await store.read(file)
  if (bytes === undefined) return undefined
  const { metadata, tensors } = decodeTensorFile(bytes)
  const parameters = tensors.get('theta')?.data
  const layout = parameterLayout(size, head)
  if (metadata.version !== VERSION || metadata.identity !== identity) return undefined
  if (metadata.head !== head || parameters?.length !== layout.count) return undefined
  return { layout, parameters, notes: notesSchema.parse(JSON.parse(metadata.notes ?? '')) }
}

/** Stores the actions of episodes, without their starts and seeds, which follow from the plan. */
export function saveEpisodes(
  store: Store,
  identity: string,
  episodes: readonly Episode[],
): Promise<void> {
  const actions = Float32Array.from(episodes.flatMap((episode) => Array.from(episode.actions)))
  const lengths = Float32Array.from(episodes, (episode) => episode.actions.length)
  return store.write(
    RESULT_FILES.clips,
    encodeTensorFile({
      metadata: { version: VERSION, identity },
      tensors: new Map([
        ['lengths', { shape: [lengths.length], data: lengths }],
        ['actions', { shape: [actions.length], data: actions }],
      ]),
    }),
  )
}

/** Resolves with the stored episodes of these beginnings; undefined where there are none. */
export async function loadEpisodes(
  store: Store,
  identity: string,
  beginnings: readonly { readonly start: StartKind; readonly seed: number }[],
): Promise<Episode[] | undefined> {
  const bytes = await store.read(RESULT_FILES.clips)
  if (bytes === undefined) return undefined
  const { metadata, tensors } = decodeTensorFile(bytes)
  const [lengths, actions] = ['lengths', 'actions'].map((name) => tensors.get(name)?.data)
  if (metadata.identity !== identity || lengths?.length !== beginnings.length) return undefined
  let first = 0
  return beginnings.map((beginning, index) => {
    const last = first + (lengths[index] ?? 0)
    const own = Uint16Array.from(actions?.subarray(first, last) ?? [])
    first = last
    return { worldVersion: WORLD_VERSION, ...beginning, actions: own }
  })
}
