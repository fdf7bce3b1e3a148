import { type Beginning, PolicyRunner, type RolledOut, rollout } from '../alignment/index.ts'
import { keySeed, Renderer, rootKey, type StartKind, splitKey } from '../island/index.ts'
import { importModel } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'

export interface EvaluationOptions {
  readonly device: Device
  /** A policy's ONNX file: what is measured is the file, float16 weights and all. */
  readonly model: Uint8Array
  readonly episodes: number
  /** Any seed gives fresh episodes: their branch of keys is never used in training. */
  readonly seed: number
  readonly start: StartKind
  readonly temperature: number
  /** Islands in lockstep. */
  readonly islands: number
}

/** Beginnings of the episodes by which policies are reported on. */
export function reportingBeginnings(seed: number, start: StartKind, count: number): Beginning[] {
  const key = splitKey(rootKey(seed), 'reporting')
  return Array.from({ length: count }, (_, index) => ({
    start,
    seed: keySeed(splitKey(key, 'episode', index)),
  }))
}

/** Plays fresh episodes with the policy of a file; yields trajectories, with their index, as they end. */
export async function* evaluatePolicy(options: EvaluationOptions): AsyncGenerator<RolledOut> {
  const { device, model, episodes, seed, start, temperature } = options
  const imported = importModel(model)
  if (imported.layout.head !== 'policy') {
    throw new Error('The file holds a reward model, expected a policy: choose a policy file')
  }
  const islands = Math.min(options.islands, episodes)
  const runner = await PolicyRunner.create(device, model, imported.layout.size, islands)
  try {
    yield* rollout({
      runner,
      renderer: new Renderer(),
      beginnings: reportingBeginnings(seed, start, episodes),
      temperature,
      key: splitKey(rootKey(seed), 'reporting', 'act'),
    })
  } finally {
    await runner.release()
  }
}
