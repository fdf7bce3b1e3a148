import { join } from 'node:path'
import { cachedClips, renderClips } from '../alignment/index.ts'
import {
  EPISODE_DECISIONS,
  type Key,
  Renderer,
  rootKey,
  splitKey,
  type TrainedOn,
} from '../island/index.ts'
import {
  initialParameters,
  NETWORK_SIZES,
  type NetworkSize,
  type ParameterLayout,
  parameterLayout,
  SIZE_NAMES,
  type SizeName,
} from '../network/index.ts'
import { CURATED_CLIPS, curate, PlayedSource, POPULATION } from '../players/index.ts'
import {
  type ImitationStage,
  longestEpisode,
  type ManifestEntry,
  renderBatches,
  stageRecipe,
} from '../procedure/index.ts'
import { oneSentence, UsageError } from './errors.ts'
import { imitate } from './imitate.ts'
import { readModel } from './read-model.ts'
import { RenderPool } from './render-pool.ts'

/** Options shared by the `pretrain`, `finetune` and `scratch` commands. */
export interface TrainingOptions {
  readonly seed: number
  readonly output: string
  /** Overrides of recipe fields, as text. */
  readonly recipe: Readonly<Record<string, string>>
  readonly evaluationEpisodes: number
  /** Folder of the checkpoints of unfinished training runs. */
  readonly runs?: string
  /** Threads of the device, one per core by default. */
  readonly threads?: number | undefined
  /** Islands that the players of the training data are on; the first one by default. */
  readonly islands?: TrainedOn | undefined
}

/** Number of held-out episodes of scripted players for validation during pre-training. */
const HELD_OUT_EPISODES = 64
const HELD_OUT_BATCH = 8

/** Default folder of checkpoints. */
const RUNS = 'runs'

/** Trains a policy from random parameters by imitating the whole population of scripted players. */
export async function pretrain(
  options: TrainingOptions & { readonly size: SizeName; readonly episodes: number },
): Promise<ManifestEntry> {
  const { seed, size, episodes, runs = RUNS, islands = 'first' } = options
  const recipe = readableRecipe('base', options.recipe)
  const layout = parameterLayout(NETWORK_SIZES[size], 'policy')
  const key = splitKey(rootKey(seed), 'training', 'base')
  const heldOut = new PlayedSource(
    { seed, branch: 'held-out' },
    HELD_OUT_EPISODES,
    POPULATION,
    islands,
  )
  const validation = renderBatches(
    Array.from({ length: HELD_OUT_EPISODES }, (_, index) => heldOut.episode(index)),
    HELD_OUT_BATCH,
  )
  const training = new RenderPool({
    key: { seed, branch: 'pre-training' },
    episodes,
    length: EPISODE_DECISIONS,
    trainedOn: islands,
  })
  try {
    return await imitate({
      stage: 'base',
      size,
      layout,
      recipe,
      key,
      keyPath: `${seed}/training/base`,
      initial: initialParameters(layout, key),
      training,
      validation,
      length: EPISODE_DECISIONS,
      checkpoints: join(runs, `base-${size}`),
      islands,
      output: options.output,
      evaluationEpisodes: options.evaluationEpisodes,
      threads: options.threads,
    })
  } finally {
    await training.close()
  }
}

/** Fine-tunes a policy on the curated clips, with held-out curated clips for validation. */
export async function finetune(
  from: string,
  options: TrainingOptions & { readonly clips: number },
): Promise<ManifestEntry> {
  const { layout, parameters } = await readModel(from, 'policy')
  return imitateCurated('fine-tuned', layout, () => parameters, options)
}

/** Trains a policy from random parameters on the curated clips alone, as a baseline for pre-training. */
export function scratch(
  options: TrainingOptions & { readonly size: SizeName; readonly clips: number },
): Promise<ManifestEntry> {
  const layout = parameterLayout(NETWORK_SIZES[options.size], 'policy')
  return imitateCurated('scratch', layout, (key) => initialParameters(layout, key), options)
}

async function imitateCurated(
  stage: 'fine-tuned' | 'scratch',
  layout: ParameterLayout,
  initial: (key: Key) => Float32Array,
  options: TrainingOptions & { readonly clips: number },
): Promise<ManifestEntry> {
  const { seed, runs = RUNS, islands = 'first' } = options
  const key = splitKey(rootKey(seed), 'training', stage)
  return imitate({
    stage,
    size: sizeName(layout.size),
    layout,
    recipe: readableRecipe(stage, options.recipe),
    key,
    keyPath: `${seed}/training/${stage}`,
    initial: initial(key),
    ...curatedClips(seed, options.clips, islands),
    islands,
    checkpoints: join(runs, stage),
    output: options.output,
    evaluationEpisodes: options.evaluationEpisodes,
    threads: options.threads,
  })
}

/**
 * Returns the curated clips for training and `CURATED_CLIPS` others for validation, rendered and
 * padded to the same length.
 */
export function curatedClips(seed: number, clips: number, islands: TrainedOn = 'first') {
  const chosen = curate(seed, clips, 'curated', POPULATION, islands)
  const heldOut = curate(seed, CURATED_CLIPS, 'curated-held-out', POPULATION, islands)
  const length = longestEpisode([...chosen, ...heldOut])
  return {
    training: cachedClips(renderClips(chosen, length, new Renderer())),
    validation: renderBatches(heldOut, CURATED_CLIPS / 4, length),
    length,
  }
}

function readableRecipe(stage: ImitationStage, values: Readonly<Record<string, string>>) {
  try {
    return stageRecipe(stage, values)
  } catch (error) {
    throw new UsageError(oneSentence(error))
  }
}

/** Returns the name of a known size, or else its width and number of layers. */
function sizeName(size: NetworkSize): string {
  const known = SIZE_NAMES.find((name) => {
    const candidate: NetworkSize = NETWORK_SIZES[name]
    return JSON.stringify(candidate) === JSON.stringify(size)
  })
  return known ?? `width ${size.width}, ${size.layers} layers`
}
