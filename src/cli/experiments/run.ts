import { join } from 'node:path'
import { type StyleWish, wishName } from '../../evaluation/index.ts'
import type { Outcome, TrainedOn } from '../../island/index.ts'
import type { SizeName } from '../../network/index.ts'
import { CURATED_CLIPS } from '../../players/index.ts'
import type {
  AblationResult,
  IslandsResult,
  Results,
  RewardTrial,
  Varied,
  VarietyResult,
} from '../../procedure/index.ts'
import { type CellRunner, inOrder } from '../cells/runner.ts'
import { UsageError } from '../errors.ts'
import { imitation, profileOf } from '../pipeline/profile.ts'
import { changeResults, readResultsFile, resultsPath } from '../results-file.ts'
import {
  type Ablated,
  type AblationPlan,
  ablate,
  trainingSeeds,
  type Variant,
} from './ablations.ts'
import { fineTunedCell } from './fine-tuned-cell.ts'
import { evaluateIslands, ISLANDS_PLAN } from './islands.ts'
import type { LabelMethod } from './method-cell.ts'
import { compareMethods } from './methods.ts'
import { type RunnerOptions, withRunner } from './runners.ts'
import { countsOf, SWEEP, type SweepRuns, sweep } from './sweep.ts'
import { PLAYED, varyIslands, varyPretraining } from './variety.ts'
import { alignWithWishes } from './wishes.ts'

export interface ExperimentOptions extends RunnerOptions {
  /** Command with the options that limit it, as in `methods --seeds 3`: its name in `wallClock`. */
  readonly command: string
  /** Folder of the models, and of the results file to which results are added. */
  readonly models: string
}

/** Options of experiments that learning rates are chosen for. */
interface TunedOptions extends ExperimentOptions {
  /** Whether trials of learning rates that are in the results file count as made. */
  readonly keepTrials?: boolean
}

export interface SweepOptions extends TunedOptions {
  /** Numbers of comparisons; all if omitted. */
  readonly comparisons?: readonly number[]
  /** Training seeds among those of each number of comparisons; all if omitted. */
  readonly seeds?: readonly number[]
}

/** Runs the reward model sweep and adds `rewardRuns` to the results. */
export async function runSweep(options: SweepOptions): Promise<void> {
  const { models, comparisons, seeds, keepTrials = false } = options
  const counts = countsOf(SWEEP.counts, { comparisons, seeds })
  return experiment(options, async (runner, publish, { rewardRuns }) => {
    const tried = keepTrials ? (rewardRuns?.trials ?? []) : []
    const plan = { ...SWEEP, agent: join(models, 'fine-tuned.onnx'), counts, tried }
    for await (const found of sweep(runner, plan)) {
      await publish((results) => ({ ...results, rewardRuns: withRuns(results.rewardRuns, found) }))
    }
  })
}

function withRuns(
  { runs, trials }: NonNullable<Results['rewardRuns']> = { runs: [], trials: [] },
  found: SweepRuns,
): NonNullable<Results['rewardRuns']> {
  const variant = ({ encoder, trunk, comparisons }: Omit<RewardTrial, 'rate' | 'accuracy'>) =>
    [encoder, trunk, comparisons].join(' ')
  return {
    runs: merged(runs, found.runs, (run) => `${variant(run)} ${run.seed}`),
    trials: merged(trials, found.trials, (trial) => `${variant(trial)} ${trial.rate}`),
  }
}

/** Returns `before` with all of `found` in it: in the place of what has the same name, or at the end. */
function merged<T>(before: readonly T[], found: readonly T[], nameOf: (item: T) => string): T[] {
  const all = new Map([...before, ...found].map((item) => [nameOf(item), item]))
  return [...all.values()]
}

export interface MethodsOptions extends ExperimentOptions {
  readonly methods: readonly LabelMethod[]
  readonly prefer: readonly Outcome[]
  readonly labels: readonly number[]
  readonly seeds: readonly number[]
  readonly pairs: 'random' | 'telling'
}

/** Compares the methods that learn from labels, and adds `methods` to the results. */
export function runMethods(options: MethodsOptions): Promise<void> {
  const { models, methods, prefer: wanted, labels: counts, seeds } = options
  const pairs = options.pairs === 'telling' ? options.pairs : undefined
  return experiment(options, async (runner, publish) => {
    const agent = join(models, 'fine-tuned.onnx')
    const plan = { agent, methods, wanted, counts, seeds, pairs, ...METHODS_PLAN }
    for await (const found of compareMethods(runner, plan)) {
      await publish((results) => ({
        ...results,
        methods: merged(results.methods ?? [], found, ({ method, wanted, decisive, seed, pairs }) =>
          [method, wanted, decisive, seed, pairs].join(' '),
        ),
      }))
    }
  })
}

export interface IslandsOptions extends ExperimentOptions {
  /** Ids of the islands; all if omitted. */
  readonly only?: readonly string[]
  readonly episodes: number
}

/** Evaluates shipped models on all shipped islands, and puts `islands` in the results. */
export function runIslands(options: IslandsOptions): Promise<void> {
  const { models, episodes, only } = options
  const islands = ISLANDS_PLAN.islands.filter((id) => only?.includes(id) ?? true)
  return experiment(options, async (runner, publish) => {
    const found = await evaluateIslands(runner, { ...ISLANDS_PLAN, islands, models, episodes })
    await publish((results) => ({ ...results, islands: withIslands(results.islands, found) }))
  })
}

function withIslands(
  { policies, rewards }: IslandsResult = { policies: [], rewards: [] },
  found: IslandsResult,
): IslandsResult {
  return {
    policies: merged(policies, found.policies, ({ island, stage }) => `${island} ${stage}`),
    rewards: merged(rewards, found.rewards, ({ island, wanted }) => `${island} ${wanted}`),
  }
}

export interface WishesOptions extends ExperimentOptions {
  readonly starts: readonly string[]
  readonly wishes: readonly StyleWish[]
  readonly seeds: readonly number[]
}

/** Aligns agents with wishes about style, and adds `wishes` to the results. */
export function runWishes(options: WishesOptions): Promise<void> {
  const { models, starts: stages, wishes, seeds } = options
  return experiment(options, async (runner, publish) => {
    const starts = Object.fromEntries(stages.map((stage) => [stage, join(models, `${stage}.onnx`)]))
    for await (const found of alignWithWishes(runner, { starts, wishes, seeds, ...WISHES_PLAN })) {
      await publish((results) => ({
        ...results,
        wishes: merged(results.wishes ?? [], [found], ({ wish, start, seed }) =>
          [wishName(wish), start, seed].join(' '),
        ),
      }))
    }
  })
}

export interface VarietyOptions extends ExperimentOptions {
  /** Islands that are played; all choices if omitted, except for agents that are pre-trained here. */
  readonly played?: readonly (typeof PLAYED)[number][]
  /** Islands that agents are pre-trained on; the shipped fine-tuned agent is aligned if omitted. */
  readonly pretrained?: readonly TrainedOn[]
  readonly prefer: readonly Outcome[]
  readonly seeds: readonly number[]
}

/** Aligns an agent with play on one island and on several, and adds `variety` to the results. */
export function runVariety(options: VarietyOptions): Promise<void> {
  const { models, prefer: wanted, seeds, pretrained } = options
  // On the other island small agents hardly ever arrive, and clips of theirs are too rarely preferred to learn from.
  const usual = pretrained === undefined ? PLAYED : PLAYED.filter((each) => each !== 'labelled')
  const played = options.played ?? usual
  return experiment(options, async (runner, publish) => {
    const add = (found: readonly VarietyResult[]) =>
      publish((results) => ({
        ...results,
        variety: merged(results.variety ?? [], found, ({ played, wanted, seed, agent }) =>
          [played, wanted, seed, agent?.islands].join(' '),
        ),
      }))
    const plan = { wanted, seeds, played, ...VARIETY_PLAN }
    if (pretrained === undefined) {
      const agent = await runner.provide(join(models, 'fine-tuned.onnx'))
      for await (const found of varyIslands(runner, { ...plan, agent })) await add([found])
      return
    }
    const imitation = VARIETY_IMITATION
    for await (const found of varyPretraining(runner, { ...plan, pretrained, imitation })) {
      await add(found)
    }
  })
}

/** Sizes of the experiment on play on several islands. */
const VARIETY_PLAN = { island: 'bent-west', comparisons: 200, evaluationEpisodes: 200 }

/** How the agents of that experiment are trained where it trains its own: small ones, for some minutes. */
const VARIETY_IMITATION = {
  size: 'nano',
  pretrainingEpisodes: 40_000,
  curatedClips: CURATED_CLIPS,
  evaluationEpisodes: 200,
  imitation: imitation({ base: { steps: 5000, peakRate: 3e-3 } }),
} as const

/** Sizes of the demonstrations of wishes about style. */
const WISHES_PLAN = { comparisons: 200, evaluationEpisodes: 400 }

/** Sizes of the comparison of methods. */
const METHODS_PLAN = { clips: 600, evaluationEpisodes: 400 }

/** Tuning and stopping settings shared by all variants. */
const ABLATION_SETTINGS = { rates: [3e-4, 1e-3], updateCap: 50 }

export interface AblationOptions extends TunedOptions {
  /** Names of the variants to run; all of them if omitted. */
  readonly only?: readonly string[]
  readonly prefer: readonly Outcome[]
  readonly seeds: readonly number[]
}

/** Definition of a variant, before the agent that it starts from is at hand. */
interface VariantDefinition {
  readonly name: string
  /** Initial agent: a shipped one, or one of another network size that is trained when needed. */
  readonly begins: { readonly shipped: string } | { readonly size: SizeName }
  /** Returns the variant that starts from an agent, by the digest of its model. */
  variantFrom(agent: string): Variant
}

/**
 * Runs the ablations and adds `ablations` and their learning curves to the results, each variant as
 * soon as it and those before it are finished.
 */
export async function runAblations(options: AblationOptions): Promise<void> {
  const { models, only, prefer: wanted, keepTrials = false } = options
  const seeds = trainingSeeds(options.seeds)
  const variants = only === undefined ? VARIANTS : only.map(variantNamed)
  return experiment(options, async (runner, publish, { ablations = [] }) => {
    const found = inOrder(variants, runner.atOnce, async ({ name, begins, variantFrom }) => {
      const earlier = ablations.find((each) => keepTrials && each.variant === name)
      const plan = { ...ABLATION_SETTINGS, wanted, seeds, tried: earlier?.trials ?? [] }
      if ('size' in begins) return ablateSize(runner, begins.size, variantFrom, plan)
      const agent = await runner.provide(join(models, `${begins.shipped}.onnx`))
      return ablate(runner, variantFrom(agent), plan)
    })
    for await (const ablated of found) await publish((results) => withAblations(results, ablated))
  })
}

/** Runs a variant with another network size, for which agents are trained first. */
async function ablateSize(
  runner: CellRunner,
  size: SizeName,
  variantFrom: VariantDefinition['variantFrom'],
  plan: AblationPlan,
): Promise<readonly Ablated[]> {
  const { value, models } = await fineTunedCell.ask(runner, imitationOf(size))
  const agent = models['fine-tuned']
  if (agent === undefined) throw new Error(`No agent of size ${size} was made`)
  const found = await ablate(runner, variantFrom(agent), plan)
  return found.map((each) => ({ ...each, ablation: { ...each.ablation, ...value } }))
}

const FINE_TUNED = { shipped: 'fine-tuned' }

const VARIANTS: readonly VariantDefinition[] = [
  variant('main line, tuned alike', 'nothing', FINE_TUNED),
  variant('no preference fine-tuning', 'preference fine-tuning', FINE_TUNED, {
    preferenceFineTuning: false,
  }),
  variant('50 comparisons', 'comparisons', FINE_TUNED, { comparisons: 50 }),
  variant('100 comparisons', 'comparisons', FINE_TUNED, { comparisons: 100 }),
  variant('from base', 'start', { shipped: 'base' }),
  variant('from scratch', 'start', { shipped: 'scratch' }),
  variant('size nano', 'size', { size: 'nano' }),
  variant('size medium', 'size', { size: 'medium' }),
]

function variant(
  name: string,
  varied: Varied,
  begins: VariantDefinition['begins'],
  changes: Partial<Variant> = {},
): VariantDefinition {
  const settings = { preferenceFineTuning: true, comparisons: 1000, ...changes }
  return { name, begins, variantFrom: (agent) => ({ name, varied, agent, ...settings }) }
}

function variantNamed(name: string): VariantDefinition {
  const found = VARIANTS.find((each) => each.name === name)
  if (found !== undefined) return found
  const names = VARIANTS.map((each) => `'${each.name}'`).join(', ')
  throw new UsageError(`There is no variant named '${name}': choose from ${names}`)
}

/** Returns the results with a variant's runs and their learning curves in them. */
export function withAblations(results: Results, ablated: readonly Ablated[]): Results {
  const nameOf = ({ variant, wanted, seed }: RunName) => [variant, wanted, seed].join(' ')
  const ablations = ablated.map(({ ablation }) => ablation)
  const curves = ablated.map(({ learning }) => learning)
  return {
    ...results,
    ablations: merged(results.ablations ?? [], ablations, nameOf),
    reinforcement: merged(results.reinforcement, curves, nameOf),
  }
}

type RunName = Pick<AblationResult, 'variant' | 'wanted' | 'seed'>

/** Returns how the agents of another network size are trained. */
function imitationOf(size: SizeName) {
  const { seed, pretrainingEpisodes, curatedClips, evaluationEpisodes } = profileOf('small')
  // Half the main line's rate, for twice its width.
  const changes = size === 'medium' ? { base: { peakRate: 2e-3 } } : {}
  const { base, 'fine-tuned': tuned } = imitation(changes)
  return {
    ...{ size, seed, pretrainingEpisodes, curatedClips, evaluationEpisodes },
    imitation: { base, 'fine-tuned': tuned },
  }
}

type Publish = (add: (results: Results) => Results) => Promise<void>

/** Runs an experiment that publishes partial results as it finds them. */
async function experiment(
  options: ExperimentOptions,
  run: (runner: CellRunner, publish: Publish, before: Results) => Promise<void>,
): Promise<void> {
  const { models, command } = options
  const before = await resultsIn(models)
  await withRunner(command, options, async (runner) => {
    const publish: Publish = (add) =>
      changeResults(models, async () => {
        // Read again: another command may have added to the file in the meantime.
        const results = add(await resultsIn(models))
        const wallClock = { ...results.wallClock, [command]: Math.round(runner.seconds) }
        return { ...results, wallClock }
      })
    await run(runner, publish, before)
  })
}

async function resultsIn(models: string): Promise<Results> {
  const results = await readResultsFile(models)
  if (results !== undefined) return results
  throw new UsageError(`There are no results at ${resultsPath(models)}: run the pipeline first`)
}
