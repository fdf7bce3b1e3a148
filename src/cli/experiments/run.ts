import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SizeName } from '../../network/index.ts'
import { type Results, readResults, type Varied } from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { Aligner } from '../align/chain.ts'
import { UsageError } from '../errors.ts'
import { isMissing } from '../folder-store.ts'
import { Workshop } from '../made.ts'
import { type FineTuned, makeFineTuned } from '../pipeline/imitators.ts'
import { imitation, profileOf } from '../pipeline/profile.ts'
import { writeResults } from '../pipeline/publish.ts'
import { type Ablated, type AblationPlan, ablate, type Variant } from './ablations.ts'
import { SWEEP, sweep } from './sweep.ts'

export interface ExperimentOptions {
  /** Folder of models and results, which the figures are added to. */
  readonly models: string
  /** Folder where finished cells are remembered. */
  readonly work: string
}

/** The plot of reward models; adds `rewardRuns` to the results. */
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

/** What all ways to align are tuned and stopped by. */
const ABLATION_PLAN: AblationPlan = {
  wanted: 'left',
  seed: 1,
  rates: [3e-4, 1e-3],
  updateCap: 50,
}

/**
 * The ways to align, one against the other; adds `ablations` and their learning curves, those of each
 * way as soon as it is done. An agent of another size is made when its turn comes.
 */
export function runAblations({ models, work }: ExperimentOptions): Promise<void> {
  return experiment('ablations', models, work, async (device, workshop, publish) => {
    const align = async (aligner: Aligner, variant: Variant) => {
      const found = await ablate(aligner, variant, ABLATION_PLAN)
      await publish((results) => withAblation(results, found))
    }
    const aligner = new Aligner(device, workshop)
    for (const variant of variantsOfSmall(models)) await align(aligner, variant)
    for (const size of ['nano', 'medium'] as const) {
      // Its reward models and agents have the names of those of the main line's size.
      const own = workshop.within(size)
      const { path } = (await fineTunedOf(size, own))['fine-tuned']
      await align(new Aligner(device, own), variantOf(`size ${size}`, 'size', path))
    }
  })
}

function variantsOfSmall(models: string): Variant[] {
  const shipped = (name: string) => join(models, `${name}.onnx`)
  const tuned = shipped('fine-tuned')
  return [
    variantOf('main line, tuned alike', 'nothing', tuned),
    variantOf('no preference fine-tuning', 'preference fine-tuning', tuned, {
      preferenceFineTuning: false,
    }),
    variantOf('50 comparisons', 'comparisons', tuned, { comparisons: 50 }),
    variantOf('100 comparisons', 'comparisons', tuned, { comparisons: 100 }),
    variantOf('from base', 'start', shipped('base')),
    variantOf('from scratch', 'start', shipped('scratch')),
  ]
}

function variantOf(
  name: string,
  varied: Varied,
  agent: string,
  changes: Partial<Variant> = {},
): Variant {
  return { name, varied, agent, preferenceFineTuning: true, comparisons: 1000, ...changes }
}

/** The results with a way to align in the place of what was found of it before. */
function withAblation(results: Results, { ablation, learning }: Ablated): Results {
  const { variant } = ablation
  const ablations = results.ablations ?? []
  const others = ablations.filter((each) => each.variant !== variant)
  const curves = results.reinforcement.filter((each) => each.variant !== variant)
  return {
    ...results,
    ablations: [...others, ablation],
    reinforcement: [...curves, learning],
  }
}

/** Updates of pre-training that take about as long for `medium` as those of the main line do. */
const MEDIUM_UPDATES = 2500

/** Base and fine-tuned agents of another size. */
function fineTunedOf(size: SizeName, workshop: Workshop): Promise<FineTuned> {
  const profile = profileOf('small')
  const changes = size === 'medium' ? { base: { steps: MEDIUM_UPDATES, peakRate: 2e-3 } } : {}
  return makeFineTuned(workshop, { ...profile, size, imitation: imitation(changes) })
}

type Publish = (add: (results: Results) => Results) => Promise<void>

/** Runs an experiment that adds to the results whenever it has found something. */
async function experiment(
  name: string,
  models: string,
  work: string,
  run: (device: Device, workshop: Workshop, publish: Publish) => Promise<void>,
): Promise<void> {
  const path = join(models, 'results.json')
  await readResultsFile(path)
  const workshop = Workshop.in(work)
  const device = await createNativeDevice()
  try {
    await run(device, workshop, async (add) => {
      // Read anew: another command may have added to it in the meantime.
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
