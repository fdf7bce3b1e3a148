import {
  type ClipBatch,
  type ClipSource,
  expectConverged,
  finished,
  type ImitationRecipe,
  type ImitationReport,
} from '../alignment/index.ts'
import { HEAD_NAMES, type Key, type TrainedOn } from '../island/index.ts'
import type { ParameterLayout } from '../network/index.ts'
import {
  IMITATION_CHECKPOINT,
  type ImitationResult,
  type ManifestEntry,
  runImitation,
} from '../procedure/index.ts'
import type { Device } from '../runtime/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import { Checkpoints } from './checkpoints.ts'
import { measure } from './evaluate.ts'
import { type ProgressBar, withProgress } from './progress.ts'
import { machine, sha256, tryOutput, writeModel } from './write-model.ts'

/** Arguments of an imitation training run on the command line. */
export interface ImitationCommand {
  readonly stage: string
  /** Name of the network size. */
  readonly size: string
  readonly layout: ParameterLayout
  readonly recipe: ImitationRecipe
  readonly key: Key
  /** Readable path of the key, recorded in the model file. */
  readonly keyPath: string
  readonly initial: Float32Array
  readonly training: ClipSource
  readonly validation: readonly ClipBatch[]
  readonly length: number
  /** Islands that the clips are from. */
  readonly islands: TrainedOn
  /** Folder for checkpoints. */
  readonly checkpoints: string
  /** Path of the ONNX file to write. */
  readonly output: string
  readonly evaluationEpisodes: number
  /** Threads of the device, one per core by default. */
  readonly threads?: number | undefined
}

/** Seed of the evaluation recorded in the manifest. */
const EVALUATION_SEED = 20260

/**
 * Trains and exports a policy, evaluates the exported file and adds it to the manifest in the same
 * folder.
 */
export async function imitate(command: ImitationCommand): Promise<ManifestEntry> {
  await tryOutput(command.output, command.layout)
  const checkpoints = new Checkpoints(command.checkpoints, inputsOf(command))
  await checkpoints.resume(IMITATION_CHECKPOINT)
  const { threads } = command
  const device = await createNativeDevice(threads === undefined ? {} : { threads })
  try {
    const result = await train(device, command, checkpoints)
    const { trainingSeconds } = checkpoints
    const { size, islands } = command
    const varied = islands === 'first' ? {} : { islands }
    const recipe = { size, ...command.recipe, ...varied, keptStep: result.step }
    const card = { stage: command.stage, recipe, key: command.keyPath }
    const entry = await writeModel(command.output, command.layout, result.parameters, card, () =>
      scores(device, command, result, trainingSeconds),
    )
    await checkpoints.clear()
    return entry
  } finally {
    await device.close()
  }
}

type TrainingInputs = Pick<
  ImitationCommand,
  'stage' | 'keyPath' | 'layout' | 'initial' | 'islands'
> & {
  readonly recipe: Partial<ImitationRecipe>
  readonly training: Pick<ClipSource, 'count'>
}

/**
 * Returns all inputs that determine the result of a training run, with the initial parameters as a
 * digest.
 */
export function inputsOf(command: TrainingInputs): unknown[] {
  const { stage, recipe, keyPath, layout, training, initial, islands } = command
  const start = new Uint8Array(initial.buffer, initial.byteOffset, initial.byteLength)
  const inputs = [stage, recipe, keyPath, layout.size, training.count, sha256(start)]
  return islands === 'first' ? inputs : [...inputs, islands]
}

async function train(
  device: Device,
  command: ImitationCommand,
  checkpoints: Checkpoints,
): Promise<ImitationResult> {
  const { layout, recipe, key, training, validation, length } = command
  const job = runImitation({
    ...command,
    options: { device, layout, recipe, key, training, validation, length },
    identity: checkpoints.identity,
    store: checkpoints,
  })
  const result = await withProgress(`Training ${command.stage}`, recipe.steps, (progress) =>
    finished(job, (report) => show(progress, report)),
  )
  expectConverged(result)
  return result
}

function show(progress: ProgressBar, report: ImitationReport): void {
  const loss = report.scores.loss.toFixed(3)
  if (report.kind === 'update') {
    progress.update(report.step, `loss ${loss}`)
    return
  }
  const heads = HEAD_NAMES.map(
    (name, head) => `${name} ${((report.scores.headAccuracy[head] ?? 0) * 100).toFixed(1)} %`,
  )
  progress.say(`  update ${report.step}: held-out loss ${loss}, accuracy ${heads.join(', ')}`)
}

async function scores(
  device: Device,
  command: ImitationCommand,
  result: ImitationResult,
  trainingSeconds: number,
): Promise<ManifestEntry['scores']> {
  const evaluation = await measure(device, command.output, {
    episodes: command.evaluationEpisodes,
    seed: EVALUATION_SEED,
    start: 'spawn',
    temperature: 1,
    islands: 64,
  })
  const { episodes, seed, outcomes, intervals, meanDecisions } = evaluation
  return {
    heldOutLoss: result.scores.loss,
    headAccuracy: Object.fromEntries(
      HEAD_NAMES.map((name, head) => [name, result.scores.headAccuracy[head] ?? 0]),
    ),
    step: result.step,
    trainingSeconds,
    machine: machine(device),
    evaluation: { episodes, seed, outcomes, intervals, meanDecisions },
  }
}
