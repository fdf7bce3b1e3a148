import { existsSync, writeFileSync } from 'node:fs'
import { expectConverged, finished } from '../../src/alignment/index.ts'
import { measure, readModelFile } from '../../src/cli/evaluate.ts'
import { curatedClips } from '../../src/cli/stages.ts'
import type { OutcomeCounts } from '../../src/evaluation/index.ts'
import { rootKey, START_KINDS, type StartKind, splitKey } from '../../src/island/index.ts'
import {
  exportModel,
  importModel,
  initialParameters,
  NETWORK_SIZES,
  parameterLayout,
} from '../../src/network/index.ts'
import { memoryStore, runImitation, stageRecipe } from '../../src/procedure/index.ts'
import type { Device } from '../../src/runtime/index.ts'
import { type Cells, modelPath } from './cells.ts'

export const SEEDS = [1, 2, 3]
/** Seed for hyperparameter tuning; its clips and batch orders are used for nothing else. */
const TUNING_SEED = 100
const EPISODES = 300
const EVALUATION_SEED = 777

type Side = 'fine-tuned' | 'scratch'

/** Learning rates tried for each side: its stage's default, about a third and about three times that. */
const RATES: Readonly<Record<Side, readonly number[]>> = {
  'fine-tuned': [3e-4, 1e-3, 3e-3],
  scratch: [3e-4, 1e-3, 3e-3],
}

const KEEPS = ['best', 'last'] as const

interface Setting {
  readonly peakRate: number
  readonly keep: (typeof KEEPS)[number]
}

interface Trained {
  readonly loss: number
  readonly step: number
}

async function train(
  device: Device,
  basePath: string,
  side: Side,
  seed: number,
  setting: Setting,
  output: string,
): Promise<Trained> {
  const layout = parameterLayout(NETWORK_SIZES.small, 'policy')
  const key = splitKey(rootKey(seed), 'training', side)
  const base = importModel(await readModelFile(basePath))
  const initial = side === 'scratch' ? initialParameters(layout, key) : base.parameters
  const recipe = stageRecipe(side, { ...setting })
  const job = runImitation({
    options: { device, layout, recipe, key, ...curatedClips(seed, 60) },
    initial,
    identity: `${side} ${seed} ${JSON.stringify(setting)}`,
    store: memoryStore(),
  })
  const trained = await finished(job)
  expectConverged(trained)
  const { parameters, scores, step } = trained
  const card = {
    stage: side,
    recipe: { ...recipe, keptStep: step },
    key: `${seed}/training/${side}`,
  }
  writeFileSync(output, exportModel(layout, parameters, card))
  return { loss: scores.loss, step }
}

/**
 * Returns the setting with the fewest episodes that reach no jumppad, on clips and episodes of a
 * seed that nothing else uses: three learning rates and two choices of the parameters to keep, for
 * either side.
 */
async function tune(device: Device, cells: Cells, basePath: string, side: Side): Promise<Setting> {
  const trials: { setting: Setting; none: number }[] = []
  for (const peakRate of RATES[side]) {
    for (const keep of KEEPS) {
      const name = `tune ${side} ${peakRate} ${keep}`
      const none = await cells.cell(name, async () => {
        const path = modelPath('tuning')
        await train(device, basePath, side, TUNING_SEED, { peakRate, keep }, path)
        const options = {
          episodes: 200,
          seed: TUNING_SEED,
          start: 'spawn',
          temperature: 1,
        } as const
        return (await measure(device, path, { ...options, islands: 64 })).outcomes.none ?? 0
      })
      trials.push({ setting: { peakRate, keep }, none })
    }
  }
  const [best] = trials.sort((a, b) => a.none - b.none)
  if (best === undefined) throw new Error('No setting was tried')
  return best.setting
}

async function outcomes(
  device: Device,
  cells: Cells,
  path: string,
  start: StartKind,
): Promise<OutcomeCounts> {
  return cells.cell(`evaluate ${path} ${start}`, async () => {
    const options = {
      episodes: EPISODES,
      seed: EVALUATION_SEED,
      start,
      temperature: 1,
      islands: 64,
    }
    return (await measure(device, path, options)).outcomes
  })
}

export interface AgentRow {
  readonly agent: string
  readonly start: StartKind
  readonly counts: OutcomeCounts
  readonly episodes: number
}

/**
 * Part (a): compares fine-tuned agents with agents trained only on the 60 clips, from every kind of
 * start.
 */
export async function compareAgents(
  device: Device,
  cells: Cells,
  basePath: string,
): Promise<AgentRow[]> {
  const paths: [string, string][] = [['base', basePath]]
  for (const side of ['fine-tuned', 'scratch'] as const) {
    const setting = await tune(device, cells, basePath, side)
    for (const seed of SEEDS) {
      const path = modelPath(`${side}-${seed}`)
      await cells.cell(`train ${side} ${seed} at ${JSON.stringify(setting)}`, () =>
        train(device, basePath, side, seed, setting, path),
      )
      if (!existsSync(path)) throw new Error(`${path} is gone: remove runs/gate and start over`)
      paths.push([`${side} ${seed}`, path])
    }
  }
  const rows: AgentRow[] = []
  for (const [agent, path] of paths) {
    for (const start of START_KINDS) {
      const counts = await outcomes(device, cells, path, start)
      rows.push({ agent, start, counts, episodes: EPISODES })
    }
  }
  return rows
}
