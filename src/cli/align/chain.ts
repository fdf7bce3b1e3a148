import { basename } from 'node:path'
import type { Outcome } from '../../island/index.ts'
import type { ManifestEntry, ReinforcementResult } from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { fileNameOf, type StageCache } from '../stage-cache.ts'
import { AgentPools } from './pools.ts'
import { makePreference } from './prefer.ts'
import { makeAligned } from './reinforce.ts'
import { makeReward, type RewardStage } from './reward.ts'

type Recipe = Readonly<Record<string, unknown>>

/** Data set sizes of an alignment, and its overrides of the default recipes. */
export interface AlignmentSettings {
  readonly comparisons: number
  readonly clips: number
  readonly test: { readonly clips: number; readonly comparisons: number }
  readonly evaluationEpisodes: number
  readonly reward: Recipe
  readonly preference: Recipe
  readonly reinforcement: Recipe
}

/** Configuration of a single alignment run: one agent, one preferred outcome, one seed. */
export interface AlignmentPlan {
  /** Name of the variant; 'main line' for the unmodified procedure. */
  readonly variant: string
  readonly wanted: Outcome
  readonly seed: number
  /** Path of the agent's ONNX file. */
  readonly agent: string
  /** Whether preference fine-tuning comes before reinforcement learning. */
  readonly preferenceFineTuning: boolean
  readonly settings: AlignmentSettings
}

export interface Aligned {
  readonly reward: RewardStage
  readonly preference: ManifestEntry | undefined
  readonly aligned: ManifestEntry
  readonly learning: ReinforcementResult
  /** Paths of the reward model, the preference-fine-tuned policy and the aligned policy. */
  readonly files: { readonly reward: string; readonly preference: string; readonly aligned: string }
}

/** Runs alignments; those of the same agent share its rollouts. */
export class Aligner {
  readonly #device: Device
  readonly #cache: StageCache
  readonly #pools: AgentPools

  constructor(device: Device, cache: StageCache, pools = new AgentPools(device)) {
    this.#device = device
    this.#cache = cache
    this.#pools = pools
  }

  /**
   * Trains the reward model, runs preference fine-tuning if the plan includes it, then runs
   * reinforcement learning.
   */
  async align(plan: AlignmentPlan): Promise<Aligned> {
    const { variant, wanted, seed, settings } = plan
    const from = basename(plan.agent, '.onnx')
    // Variants that differ only in later stages share reward models and preference fine-tuning.
    const common = `${wanted} ${settings.comparisons} from ${from} ${seed}`
    const name = (stage: string) => {
      const of = stage === 'aligned' ? `${variant} ${common}` : common
      return fileNameOf(`${stage} ${of}`)
    }
    const file = (stage: string) => this.#cache.path(`${name(stage)}.onnx`)
    const files = {
      reward: file('reward'),
      preference: file('preference'),
      aligned: file('aligned'),
    }
    const reward = await this.#reward(plan, name('reward'), files.reward)
    const preference = plan.preferenceFineTuning
      ? await this.#preference(plan, name('preference'), files)
      : undefined
    const { entry, learning } = await this.#reinforcement(plan, name('aligned'), files)
    return { reward, preference, aligned: entry, learning, files }
  }

  async #reward(plan: AlignmentPlan, name: string, output: string): Promise<RewardStage> {
    const { wanted, seed, agent, settings } = plan
    const { comparisons, clips, test, reward: recipe } = settings
    const rewardSettings = {
      ...{ wanted, seed, comparisons, clips, test, recipe },
      ...{ noise: 0, cantTell: 0, encoder: 'agent' as const },
    }
    const { value } = await this.#cache.made({
      name,
      settings: rewardSettings,
      reads: [agent],
      writes: [output],
      make: async () =>
        makeReward(
          this.#device,
          await this.#pools.of(agent),
          agent,
          output,
          rewardSettings,
          this.#checkpoints(name),
        ),
    })
    return value
  }

  async #preference(
    plan: AlignmentPlan,
    name: string,
    files: Aligned['files'],
  ): Promise<ManifestEntry> {
    const { wanted, seed, agent, settings } = plan
    const { preference: recipe, evaluationEpisodes } = settings
    const preferenceSettings = { wanted, seed, recipe, evaluationEpisodes }
    const { value } = await this.#cache.made({
      name,
      settings: preferenceSettings,
      reads: [agent, files.reward],
      writes: [files.preference],
      make: () =>
        makePreference(this.#device, agent, files.reward, files.preference, preferenceSettings),
    })
    return value
  }

  async #reinforcement(plan: AlignmentPlan, name: string, files: Aligned['files']) {
    const { wanted, seed, variant, settings } = plan
    const { reinforcement: recipe, evaluationEpisodes } = settings
    const from = plan.preferenceFineTuning ? files.preference : plan.agent
    const reinforcementSettings = { wanted, seed, variant, recipe, evaluationEpisodes }
    const { value } = await this.#cache.made({
      name,
      settings: reinforcementSettings,
      reads: [from, files.reward],
      writes: [files.aligned],
      make: () =>
        makeAligned(
          this.#device,
          from,
          files.reward,
          files.aligned,
          reinforcementSettings,
          this.#checkpoints(name),
        ),
    })
    return value
  }

  #checkpoints(name: string): string {
    return this.#cache.path(`checkpoints/${name}`)
  }
}
