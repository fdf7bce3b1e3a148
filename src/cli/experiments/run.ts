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
import { ablations, type Variant } from './ablations.ts'
import { SWEEP, sweep } from './sweep.ts'

export interface ExperimentOptions {
  /** Folder of models and results, which the figures are added to. */
  readonly models: string
  /** Folder where finished cells are remembered. */
  readonly work: string
}

/** The plot of reward models; adds `rewardRuns` to the results. */
export function runSweep({ models, work }: ExperimentOptions): Promise<void> {
  return experiment('sweep', models, work, async (device, workshop) => {
    const agent = join(models, 'fine-tuned.onnx')
    const rewardRuns = await sweep(device, workshop, { agent, ...SWEEP })
    return (results) => ({ ...results, rewardRuns })
  })
}

/** Peak learning rates of reinforcement learning that every variant tries. */
const RATES = [3e-4, 1e-3]
const UPDATE_CAP = 80

/** The ways to align, one against the other; adds `ablations` and their learning curves. */
export function runAblations({ models, work }: ExperimentOptions): Promise<void> {
  return experiment('ablations', models, work, async (device, workshop) => {
    const nano = await imitatorsOf('nano', workshop)
    const medium = await imitatorsOf('medium', workshop)
    const shipped = (name: string) => join(models, `${name}.onnx`)
    const variant = (name: string, agent: string, changes: Partial<Variant> = {}): Variant => ({
      ...{ name, agent, preferenceFineTuning: true, comparisons: 1000 },
      ...changes,
    })
    const tuned = shipped('fine-tuned')
    const variants = [
      variant('main line, tuned alike', tuned),
      variant('no preference fine-tuning', tuned, { preferenceFineTuning: false }),
      variant('from base', shipped('base')),
      variant('from scratch', shipped('scratch')),
      variant('100 comparisons', tuned, { comparisons: 100 }),
      variant('50 comparisons', tuned, { comparisons: 50 }),
      variant('size nano', nano['fine-tuned'].path),
      variant('size medium', medium['fine-tuned'].path),
    ]
    const found = await ablations(new Aligner(device, workshop), {
      ...{ variants, wanted: 'left', seed: 1, rates: RATES, updateCap: UPDATE_CAP },
    })
    return (results) => ({
      ...results,
      ablations: found.ablations,
      // Those of earlier ablations give way.
      reinforcement: [
        ...results.reinforcement.filter((_, index) => index < mainLine(results)),
        ...found.learning,
      ],
    })
  })
}

/** How many learning curves of the results are the pipeline's own: they stand first. */
function mainLine({ reinforcement }: Results): number {
  const first = reinforcement.findIndex(({ variant }) => variant !== 'main line')
  return first < 0 ? reinforcement.length : first
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

async function experiment(
  name: string,
  models: string,
  work: string,
  run: (device: Device, workshop: Workshop) => Promise<(results: Results) => Results>,
): Promise<void> {
  const results = await readResultsFile(join(models, 'results.json'))
  const workshop = new Workshop(work)
  const device = await createNativeDevice()
  try {
    const add = await run(device, workshop)
    const seconds = Object.values(workshop.seconds).reduce((sum, value) => sum + value, 0)
    const wallClock = { ...results.wallClock, [name]: Math.round(seconds) }
    await writeResults(models, { ...add(results), wallClock })
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
