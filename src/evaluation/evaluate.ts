import { PolicyRunner, type Rollout, rollout } from '../alignment/index.ts'
import {
  type Beginning,
  type IslandMap,
  keySeed,
  Renderer,
  rootKey,
  type StartKind,
  splitKey,
} from '../island/index.ts'
import { importModel } from '../network/index.ts'
import type { Device } from '../runtime/index.ts'

export interface EvaluationOptions {
  readonly device: Device
  /** ONNX file of a policy, evaluated as exported, including its float16 weights. */
  readonly model: Uint8Array
  readonly episodes: number
  /** Seed of the episodes. Any seed gives fresh ones: training never uses their branch of keys. */
  readonly seed: number
  readonly start: StartKind
  /** Island that is played on; the first one if omitted. */
  readonly island?: IslandMap | undefined
  readonly temperature: number
  /** Maximum number of islands played in lockstep. */
  readonly islands: number
}

/**
 * Returns the beginnings of `count` episodes on which policies are reported, with the same seeds on
 * every island.
 */
export function reportingBeginnings(
  seed: number,
  start: StartKind,
  count: number,
  island?: IslandMap,
): Beginning[] {
  const key = splitKey(rootKey(seed), 'reporting')
  return Array.from({ length: count }, (_, index) => ({
    start,
    seed: keySeed(splitKey(key, 'episode', index)),
    ...(island && { island }),
  }))
}

/**
 * Plays fresh episodes with the policy of a file and yields each trajectory, with its index, as it
 * ends. Throws an Error when the file holds a reward model.
 */
export async function* evaluatePolicy(options: EvaluationOptions): AsyncGenerator<Rollout> {
  const { device, model, episodes, seed, start, island, temperature } = options
  const imported = importModel(model)
  if (imported.layout.head !== 'policy') {
    throw new Error('The file contains a reward model, expected a policy: choose a policy file')
  }
  const islands = Math.min(options.islands, episodes)
  const runner = await PolicyRunner.create(device, imported, islands)
  try {
    yield* rollout({
      runner,
      renderer: new Renderer(),
      beginnings: reportingBeginnings(seed, start, episodes, island),
      temperature,
      key: splitKey(rootKey(seed), 'reporting', 'act'),
    })
  } finally {
    await runner.release()
  }
}
