import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SizeName } from '../../network/index.ts'
import { type Results, readResults, type Varied } from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { Aligner } from '../align/chain.ts'
import { UsageError } from '../errors.ts'
import { isMissing } from '../folder-store.ts'
import { type FineTuned, makeFineTuned } from '../pipeline/imitators.ts'
import { imitation, profileOf } from '../pipeline/profile.ts'
import { writeResults } from '../pipeline/publish.ts'
import { StageCache } from '../stage-cache.ts'
import { type Ablated, type AblationPlan, ablate, type Variant } from './ablations.ts'
import { SWEEP, sweep } from './sweep.ts'

export interface ExperimentOptions {
  /** Folder of the models, and of the results file to which results are added. */
  readonly models: string
  /** Folder that caches finished cells. */
  readonly work: string
}

/** Runs the reward model sweep and adds `rewardRuns` to the results. */
export function runSweep({ models, work }: ExperimentOptions): Promise<void> {
  return experiment('sweep', models, work, async (device, workshop, publish) => {
    const agent = join(models, 'fine-tuned.onnx')
    for await (const { runs, trials } of sweep(device, workshop, { agent, ...SWEEP })) {
      await publish((results) => ({
        ...results,
        rewardRuns: { runs: [...runs], trials: [...trials] },
      }))
    }
  })
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
 * soon as it is finished.
 */
export function runAblations({ models, work, only }: AblationOptions): Promise<void> {
  const ways = only === undefined ? WAYS : only.map(wayNamed)
  const command = ['ablations', ...(only ?? []).map((name) => `--only '${name}'`)].join(' ')
  return experiment(command, models, work, async (device, workshop, publish) => {
    const shared = new Aligner(device, workshop)
    for (const { begins, variant } of ways) {
      const found =
        'shipped' in begins
          ? await ablate(shared, variant(join(models, `${begins.shipped}.onnx`)), ABLATION_PLAN)
          : await ablateSize(device, workshop.within(begins.size), begins.size, variant)
      await publish((results) => withAblation(results, found))
    }
  })
}

/**
 * Runs a variant with another network size. It uses a nested workshop because its reward models and
 * agents have the same names as the main line's.
 */
async function ablateSize(
  device: Device,
  workshop: StageCache,
  size: SizeName,
  variant: AblationConfig['variant'],
): Promise<Ablated> {
  const { base, 'fine-tuned': tuned } = await fineTunedOf(size, workshop)
  const found = await ablate(new Aligner(device, workshop), variant(tuned.path), ABLATION_PLAN)
  const pretrainingUpdates = base.entry.scores.step
  return { ...found, ablation: { ...found.ablation, pretrainingUpdates } }
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

/** Trains base and fine-tuned agents of another network size. */
function fineTunedOf(size: SizeName, workshop: StageCache): Promise<FineTuned> {
  const profile = profileOf('small')
  const changes = size === 'medium' ? { base: { steps: MEDIUM_UPDATES, peakRate: 2e-3 } } : {}
  return makeFineTuned(workshop, { ...profile, size, imitation: imitation(changes) })
}

type Publish = (add: (results: Results) => Results) => Promise<void>

/** Runs an experiment that publishes partial results as it finds them. */
async function experiment(
  name: string,
  models: string,
  work: string,
  run: (device: Device, workshop: StageCache, publish: Publish) => Promise<void>,
): Promise<void> {
  const path = join(models, 'results.json')
  await readResultsFile(path)
  const workshop = StageCache.in(work)
  const device = await createNativeDevice()
  try {
    await run(device, workshop, async (add) => {
      // Read again: another command may have added to the file in the meantime.
      const results = add(await readResultsFile(path))
      const seconds = Object.values(workshop.seconds).reduce((sum, value) => sum + value, 0)
      const wallClock = { ...results.wallClock, [name]: Math.round(seconds) }
      await writeResults(models, { ...results, wallClock })
    })
  } finally {
    await device.close()
  }
}

async function readResultsFile(path: string): Promise<Results> {
  try {
    return readResults(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (!isMissing(error)) throw error
    throw new UsageError(`There are no results at ${path}: run the pipeline first`)
  }
}
