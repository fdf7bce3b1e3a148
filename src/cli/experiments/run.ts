import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SizeName } from '../../network/index.ts'
import { type Results, readResults } from '../../procedure/index.ts'
import type { Device } from '../../runtime/index.ts'
import { createNativeDevice } from '../../runtime-node/index.ts'
import { Aligner } from '../align/chain.ts'
import { UsageError } from '../errors.ts'
import { isMissing } from '../folder-store.ts'
import { Workshop } from '../made.ts'
import { type Imitators, makeImitators } from '../pipeline/imitators.ts'
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
    const aligner = new Aligner(device, workshop)
    for (const make of ablationVariants(models, workshop)) {
      const found = await ablate(aligner, await make(), ABLATION_PLAN)
      await publish((results) => withAblation(results, found))
    }
  })
}

function ablationVariants(models: string, workshop: Workshop): (() => Promise<Variant>)[] {
  const shipped = (name: string) => join(models, `${name}.onnx`)
  const tuned = shipped('fine-tuned')
  const variant = (name: string, agent: string, changes: Partial<Variant> = {}): Variant => ({
    ...{ name, agent, preferenceFineTuning: true, comparisons: 1000 },
    ...changes,
  })
  const ofSize = (size: SizeName) => async () =>
    variant(`size ${size}`, (await imitatorsOf(size, workshop))['fine-tuned'].path)
  const known = [
    variant('main line, tuned alike', tuned),
    variant('no preference fine-tuning', tuned, { preferenceFineTuning: false }),
    variant('50 comparisons', tuned, { comparisons: 50 }),
    variant('100 comparisons', tuned, { comparisons: 100 }),
    variant('from base', shipped('base')),
    variant('from scratch', shipped('scratch')),
  ]
  return [...known.map((each) => async () => each), ofSize('nano'), ofSize('medium')]
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
function imitatorsOf(size: SizeName, workshop: Workshop): Promise<Imitators> {
  const profile = profileOf('small')
  const changes = size === 'medium' ? { base: { steps: MEDIUM_UPDATES, peakRate: 2e-3 } } : {}
  const own = new Workshop(workshop.path(size))
  return makeImitators(own, { ...profile, size, imitation: imitation(changes) })
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
  const workshop = new Workshop(work)
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
