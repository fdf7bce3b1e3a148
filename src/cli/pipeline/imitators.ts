import type { TrainedOn } from '../../island/index.ts'
import type { ImitationStage, ManifestEntry } from '../../procedure/index.ts'
import type { StageCache } from '../stage-cache.ts'
import { finetune, pretrain, scratch, type TrainingOptions } from '../stages.ts'
import type { Profile } from './profile.ts'

/** What a profile says about imitation learning. */
export type ImitationProfile<Stage extends ImitationStage = ImitationStage> = Pick<
  Profile,
  'size' | 'seed' | 'pretrainingEpisodes' | 'curatedClips' | 'evaluationEpisodes'
> & {
  readonly imitation: Pick<Profile['imitation'], Stage>
  /** Islands of the training data; the first one if omitted. */
  readonly islands?: TrainedOn | undefined
}

/** Trained policy: its manifest entry and its file. */
export interface TrainedAgent {
  readonly entry: ManifestEntry
  readonly path: string
}

export interface FineTuned {
  readonly base: TrainedAgent
  readonly 'fine-tuned': TrainedAgent
}

export interface Imitators extends FineTuned {
  readonly scratch: TrainedAgent
}

/**
 * Trains the three imitation-learning policies: pre-trained, fine-tuned, and trained on the curated
 * clips only.
 */
export async function makeImitators(cache: StageCache, profile: Profile): Promise<Imitators> {
  const { size, curatedClips: clips } = profile
  return {
    ...(await makeFineTuned(cache, profile)),
    scratch: await makeImitator(cache, profile, 'scratch', [], (options) =>
      scratch({ ...options, size, clips }),
    ),
  }
}

/**
 * Trains the pre-trained policy and the fine-tuned one, from which alignment starts. `threads` are
 * those of the device, one per core by default.
 */
export async function makeFineTuned(
  cache: StageCache,
  profile: ImitationProfile<'base' | 'fine-tuned'>,
  threads?: number,
): Promise<FineTuned> {
  const { size, curatedClips: clips, pretrainingEpisodes: episodes } = profile
  const base = await makeImitator(cache, profile, 'base', [], (options) =>
    pretrain({ ...options, size, episodes, threads }),
  )
  const reads = [base.path]
  const fineTuned = await makeImitator(cache, profile, 'fine-tuned', reads, (options) =>
    finetune(base.path, { ...options, clips, threads }),
  )
  return { base, 'fine-tuned': fineTuned }
}

async function makeImitator<Stage extends ImitationStage>(
  cache: StageCache,
  profile: ImitationProfile<Stage>,
  stage: Stage,
  reads: readonly string[],
  run: (options: TrainingOptions) => Promise<ManifestEntry>,
): Promise<TrainedAgent> {
  const { seed, size, curatedClips: clips, pretrainingEpisodes: episodes } = profile
  const { evaluationEpisodes, islands } = profile
  const recipe = Object.fromEntries(
    Object.entries(profile.imitation[stage]).map(([name, value]) => [name, String(value)]),
  )
  const path = cache.path(`${stage}.onnx`)
  const runs = cache.path('checkpoints')
  const { value: entry } = await cache.made({
    name: stage,
    settings: { seed, size, clips, episodes, evaluationEpisodes, recipe, islands },
    reads,
    writes: [path],
    make: () => run({ seed, output: path, evaluationEpisodes, runs, recipe, islands }),
  })
  return { entry, path }
}
