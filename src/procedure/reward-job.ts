import {
  type Comparison,
  inOtherLight,
  RewardModel,
  type RewardOptions,
  type RewardRecipe,
  type RewardReport,
  type SeenClip,
  type Snapshot,
  spreadOf,
  trainReward,
  withStreams,
} from '../alignment/index.ts'
import { type Key, splitKey } from '../island/index.ts'
import {
  initialParameters,
  normaliseRewards,
  type ParameterLayout,
  parameterLayout,
  partOf,
  upperLayout,
  withPart,
  withTrunkOf,
} from '../network/index.ts'
import type { Device } from '../runtime/index.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint.ts'
import type { PolicyParameters } from './play.ts'
import type { Store } from './store.ts'

/** What a reward model's trunk is before training: a policy's, or random parameters. */
export type Encoder = 'agent' | 'random'

export interface RewardJob {
  readonly device: Device
  /** The agent whose trunk, or at least whose size, the reward model has. */
  readonly agent: PolicyParameters
  readonly encoder: Encoder
  readonly recipe: RewardRecipe
  readonly key: Key
  readonly clips: readonly SeenClip[]
  readonly comparisons: readonly Comparison[]
  /** Clips whose rewards will have mean 0 and deviation 1. */
  readonly reference: readonly SeenClip[]
  /** Stage, recipe, key and data in one text: only a checkpoint with the same is continued. */
  readonly identity: string
  readonly store: Store
}

export interface LearntReward {
  readonly layout: ParameterLayout
  /** Normalised: rewards of the reference clips have mean 0 and deviation 1. */
  readonly parameters: Float32Array
  /** What the rewards were divided by: times a difference of rewards, the logit of a preference. */
  readonly deviation: number
  readonly step: number
}

const FILE = 'reward.safetensors'

/** Trains a reward model, resuming where it stopped, and normalises its rewards. */
export async function* runReward(job: RewardJob): AsyncGenerator<RewardReport, LearntReward> {
  const { device, agent, recipe, key, store, identity } = job
  const layout = parameterLayout(agent.layout.size, 'reward')
  const drawn = splitKey(key, 'parameters')
  const initial =
    job.encoder === 'agent' ? withTrunkOf(layout, agent, drawn) : initialParameters(layout, drawn)
  const from: Snapshot | undefined = (await readCheckpoint(store, FILE, identity))?.snapshot
  const seen = await seenBy(job, { layout, parameters: initial })
  const training = trainReward({ ...job, ...seen, from })
  for (;;) {
    const next = await training.next()
    if (next.done === true) {
      const learnt = withPart(seen.layout, layout, initial, next.value)
      const { mean, deviation } = await spread(device, layout, learnt, job.reference)
      const parameters = normaliseRewards(layout, learnt, mean, deviation)
      await store.remove(FILE)
      return { layout, parameters, deviation, step: recipe.steps }
    }
    yield next.value
    if (next.value.kind === 'checkpoint') {
      await writeCheckpoint(store, FILE, { identity, notes: '', snapshot: next.value.snapshot })
    }
  }
}

/** In how many lights a clip is seen whose stream is computed beforehand. */
const LIGHTS = 4

/**
 * What learns of a reward model, and what it reads of the clips: where only the upper blocks learn,
 * the stream of each clip, in several lights if the light is to change.
 */
async function seenBy(
  { device, recipe, key, clips }: RewardJob,
  whole: PolicyParameters,
): Promise<Pick<RewardOptions, 'layout' | 'initial' | 'clips' | 'lights'>> {
  const { layout, parameters } = whole
  const part = upperLayout(layout, recipe.trunk === 'frozen' ? 0 : recipe.layers)
  if (part.firstLayer === 0) return { layout, initial: parameters, clips }
  const lights = recipe.jitter > 0 ? LIGHTS : 1
  const lit = Array.from({ length: lights }, (_, light) =>
    light === 0
      ? clips
      : clips.map((clip, index) =>
          inOtherLight(clip, recipe.jitter, splitKey(key, 'light', light, index)),
        ),
  )
  return {
    layout: part,
    initial: partOf(part, layout, parameters),
    clips: await withStreams(device, whole, part.firstLayer, lit.flat()),
    lights,
  }
}

async function spread(
  device: Device,
  layout: ParameterLayout,
  parameters: Float32Array,
  reference: readonly SeenClip[],
): Promise<{ mean: number; deviation: number }> {
  const model = await RewardModel.create(device, layout, parameters)
  try {
    return spreadOf(await model.rewards(reference))
  } finally {
    await model.release()
  }
}
