import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Outcome } from '../../island/index.ts'
import type { SizeName } from '../../network/index.ts'
import { type MethodResult, type Results, readResults, type Varied } from '../../procedure/index.ts'
import { type CellRunner, inOrder } from '../cells/runner.ts'
import { UsageError } from '../errors.ts'
import { isMissing } from '../folder-store.ts'
import { imitation, profileOf } from '../pipeline/profile.ts'
import { writeResults } from '../pipeline/publish.ts'
import { type Ablated, type AblationPlan, ablate, type Variant } from './ablations.ts'
import { fineTunedCell } from './fine-tuned-cell.ts'
import type { LabelMethod } from './method-cell.ts'
import { compareMethods } from './methods.ts'
import { type RunnerOptions, withRunner } from './runners.ts'
import { SWEEP, sweep } from './sweep.ts'

export interface ExperimentOptions extends RunnerOptions {
  /** Folder of the models, and of the results file to which results are added. */
  readonly models: string
}

/** Runs the reward model sweep and adds `rewardRuns` to the results. */
export function runSweep(options: ExperimentOptions): Promise<void> {
  return experiment('sweep', options, async (runner, publish) => {
    const agent = join(options.models, 'fine-tuned.onnx')
    for await (const { runs, trials } of sweep(runner, { agent, ...SWEEP })) {
      await publish((results) => ({
        ...results,
        rewardRuns: { runs: [...runs], trials: [...trials] },
      }))
    }
  })
}

export interface MethodsOptions extends ExperimentOptions {
  readonly methods: readonly LabelMethod[]
  readonly prefer: readonly Outcome[]
  readonly labels: readonly number[]
  readonly seeds: readonly number[]
}

/** Compares the methods that learn from labels, and adds `methods` to the results. */
export function runMethods(options: MethodsOptions): Promise<void> {
  const { models, methods, prefer: wanted, labels: counts, seeds } = options
  return experiment('methods', options, async (runner, publish) => {
    const agent = join(models, 'fine-tuned.onnx')
    const plan = { agent, methods, wanted, counts, seeds, ...METHODS_PLAN }
    for await (const found of compareMethods(runner, plan)) {
      await publish((results) => ({ ...results, methods: withMethods(results.methods, found) }))
    }
  })
}

/** Sizes of the comparison of methods. */
const METHODS_PLAN = { clips: 600, evaluationEpisodes: 400 }

/** Returns the results with those that were measured again replaced. */
function withMethods(
  before: readonly MethodResult[] = [],
  found: readonly MethodResult[],
): MethodResult[] {
  const name = ({ method, wanted, decisive, seed }: MethodResult) =>
    [method, wanted, decisive, seed].join(' ')
  const again = new Set(found.map(name))
  return [...before.filter((each) => !again.has(name(each))), ...found]
}

/** Tuning and stopping settings shared by all variants. */
const ABLATION_PLAN: AblationPlan = {
  wanted: 'left',
  seed: 1,
  rates: [3e-4, 1e-3],
  updateCap: 50,
}

export interface AblationOptions extends ExperimentOptions {
  /** Names of the variants to run; all of them if omitted. */
  readonly only?: readonly string[]
}

/** Ablation variant and the agent it starts from. */
interface AblationConfig {
  readonly variant: (agent: string) => Variant
  readonly name: string
  /** Initial agent: a shipped one, or one of another network size that is trained when needed. */
  readonly begins: { readonly shipped: string } | { readonly size: SizeName }
}

/**
 * Runs the ablations and adds `ablations` and their learning curves to the results, each variant as
 * soon as it and those before it are finished.
 */
export function runAblations(options: AblationOptions): Promise<void> {
  const { models, only } = options
  const ways = only === undefined ? WAYS : only.map(wayNamed)
  const command = ['ablations', ...(only ?? []).map((name) => `--only '${name}'`)].join(' ')
  return experiment(command, options, async (runner, publish) => {
    const found = inOrder(ways, runner.atOnce, async ({ begins, variant }) =>
      'shipped' in begins
        ? ablate(
            runner,
            variant(await runner.provide(join(models, `${begins.shipped}.onnx`))),
            ABLATION_PLAN,
          )
        : ablateSize(runner, begins.size, variant),
    )
    for await (const ablated of found) await publish((results) => withAblation(results, ablated))
  })
}

/** Runs a variant with another network size, for which agents are trained first. */
async function ablateSize(
  runner: CellRunner,
  size: SizeName,
  variant: AblationConfig['variant'],
): Promise<Ablated> {
  const { value, models } = await fineTunedCell.ask(runner, imitationOf(size))
  const agent = models['fine-tuned']
  if (agent === undefined) throw new Error(`No agent of size ${size} was made`)
  const found = await ablate(runner, variant(agent), ABLATION_PLAN)
  return { ...found, ablation: { ...found.ablation, ...value } }
}

const TUNED = { shipped: 'fine-tuned' }

const WAYS: readonly AblationConfig[] = [
  way('main line, tuned alike', 'nothing', TUNED),
  way('no preference fine-tuning', 'preference fine-tuning', TUNED, {
    preferenceFineTuning: false,
  }),
  way('50 comparisons', 'comparisons', TUNED, { comparisons: 50 }),
  way('100 comparisons', 'comparisons', TUNED, { comparisons: 100 }),
  way('from base', 'start', { shipped: 'base' }),
  way('from scratch', 'start', { shipped: 'scratch' }),
  way('size nano', 'size', { size: 'nano' }),
  way('size medium', 'size', { size: 'medium' }),
]

function way(
  name: string,
  varied: Varied,
  begins: AblationConfig['begins'],
  changes: Partial<Variant> = {},
): AblationConfig {
  const settings = { preferenceFineTuning: true, comparisons: 1000, ...changes }
  return { name, begins, variant: (agent) => ({ name, varied, agent, ...settings }) }
}

function wayNamed(name: string): AblationConfig {
  const found = WAYS.find((each) => each.name === name)
  if (found !== undefined) return found
  const names = WAYS.map((each) => `'${each.name}'`).join(', ')
  throw new UsageError(`There is no variant named '${name}': choose from ${names}`)
}

/** Returns the results with a variant's entry replaced, or appended if there was none. */
export function withAblation(results: Results, { ablation, learning }: Ablated): Results {
  const { ablations = [], reinforcement } = results
  return {
    ...results,
    ablations: inPlace(ablations, ablation),
    reinforcement: inPlace(reinforcement, learning),
  }
}

function inPlace<T extends { readonly variant: string }>(all: readonly T[], found: T): T[] {
  const place = all.findIndex(({ variant }) => variant === found.variant)
  return place < 0 ? [...all, found] : all.with(place, found)
}

/** Number of pre-training updates of `medium` that take about as long as the main line's pre-training. */
const MEDIUM_UPDATES = 2500

/** Returns how the agents of another network size are trained. */
function imitationOf(size: SizeName) {
  const { seed, pretrainingEpisodes, curatedClips, evaluationEpisodes } = profileOf('small')
  const changes = size === 'medium' ? { base: { steps: MEDIUM_UPDATES, peakRate: 2e-3 } } : {}
  const { base, 'fine-tuned': tuned } = imitation(changes)
  return {
    ...{ size, seed, pretrainingEpisodes, curatedClips, evaluationEpisodes },
    imitation: { base, 'fine-tuned': tuned },
  }
}

type Publish = (add: (results: Results) => Results) => Promise<void>

/** Runs an experiment that publishes partial results as it finds them. */
async function experiment(
  name: string,
  options: ExperimentOptions,
  run: (runner: CellRunner, publish: Publish) => Promise<void>,
): Promise<void> {
  const path = join(options.models, 'results.json')
  await readResultsFile(path)
  await withRunner(name, options, async (runner) => {
    await run(runner, async (add) => {
      // Read again: another command may have added to the file in the meantime.
      const results = add(await readResultsFile(path))
      const wallClock = { ...results.wallClock, [name]: Math.round(runner.seconds) }
      await writeResults(options.models, { ...results, wallClock })
    })
  })
}

async function readResultsFile(path: string): Promise<Results> {
  try {
    return readResults(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (!isMissing(error)) throw error
    throw new UsageError(`There are no results at ${path}: run the pipeline first`)
  }
}
