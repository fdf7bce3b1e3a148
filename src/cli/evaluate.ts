import { readFile } from 'node:fs/promises'
import type { Trajectory } from '../alignment/index.ts'
import {
  endedCount,
  endedInterval,
  endedShare,
  evaluatePolicy,
  type OutcomeTable,
  outcomeTable,
} from '../evaluation/index.ts'
import { HOME_MAP, ISLANDS, type IslandMap, type StartKind, worldOf } from '../island/index.ts'
import { readIsland } from '../procedure/island-file.ts'
import type { Device } from '../runtime/index.ts'
import { createNativeDevice } from '../runtime-node/index.ts'
import { oneSentence, UsageError } from './errors.ts'
import { isMissing } from './folder-store.ts'
import { withProgress } from './progress.ts'

export interface EvaluateOptions {
  readonly episodes: number
  readonly seed: number
  readonly start: StartKind
  readonly temperature: number
  /** Number of episodes played at a time. */
  readonly islands: number
  /** Id of a shipped island, or path of an island file; the first island if omitted. */
  readonly island?: string
  readonly json: boolean
}

/** JSON object printed by `evaluate --json`: outcome counts with their Wilson 95 % intervals. */
export interface EvaluationResult extends OutcomeTable {
  readonly policy: string
  readonly seed: number
  readonly start: StartKind
  /** Island as it was given; absent for the first one. */
  readonly island?: string
  readonly decisionsPerSecond: number
}

/** Reads a model file. Throws a `UsageError` if it is missing or unreadable. */
export async function readModelFile(path: string): Promise<Uint8Array> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    if (isMissing(error)) {
      throw new UsageError(
        `There is no file ${path}: expected an ONNX model, such as models/base.onnx`,
      )
    }
    throw new UsageError(`The file ${path} cannot be read: ${oneSentence(error)}`)
  }
}

/** Resolves to the island of an evaluation; undefined for the first one. Throws a `UsageError` if it is none. */
async function islandFor({
  island: name,
  start,
}: Pick<EvaluateOptions, 'island' | 'start'>): Promise<IslandMap | undefined> {
  if (name === undefined) return undefined
  const map = ISLANDS.find(({ id }) => id === name)?.map ?? (await islandFromFile(name))
  if (map === HOME_MAP) return undefined
  if (start !== 'spawn') {
    throw new UsageError(
      `Only the first island has starts of the kind “${start}”: leave out --start`,
    )
  }
  return map
}

async function islandFromFile(path: string): Promise<IslandMap> {
  const ids = ISLANDS.map(({ id }) => id).join(', ')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    throw new UsageError(
      isMissing(error)
        ? `There is no island or file named ${path}: expected ${ids}, or a file that the island editor saved`
        : `The file ${path} cannot be read: ${oneSentence(error)}`,
    )
  }
  try {
    return readIsland(text).map
  } catch (error) {
    throw new UsageError(`${path}: ${oneSentence(error)}`)
  }
}

/** Plays fresh episodes with the policy at `path` on `device`. Throws a `UsageError` if that fails. */
export async function measure(
  device: Device,
  path: string,
  options: Omit<EvaluateOptions, 'json'>,
): Promise<EvaluationResult> {
  const island = await islandFor(options)
  const model = await readModelFile(path)
  const begun = performance.now()
  const trajectories = await withProgress(
    `Evaluating ${path}`,
    options.episodes,
    async (progress) => {
      const ended: Trajectory[] = []
      for await (const { trajectory } of evaluatePolicy({ device, model, ...options, island })) {
        progress.update(ended.push(trajectory))
      }
      return ended
    },
  ).catch((error: unknown) => {
    throw new UsageError(`${path}: ${oneSentence(error)}`)
  })
  const seconds = (performance.now() - begun) / 1000
  const table = outcomeTable(trajectories, worldOf({ island }).endings)
  const decisions = table.meanDecisions * table.episodes
  return {
    policy: path,
    seed: options.seed,
    start: options.start,
    ...(island && options.island && { island: options.island }),
    ...table,
    decisionsPerSecond: Math.round(decisions / seconds),
  }
}

export async function evaluate(path: string, options: EvaluateOptions): Promise<void> {
  const device = await createNativeDevice()
  try {
    const result = await measure(device, path, options)
    process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : outcomeText(result))
  } finally {
    await device.close()
  }
}

/** Formats an evaluation as text, with one line per outcome. */
function outcomeText(result: EvaluationResult): string {
  const percent = (share: number): string => (100 * share).toFixed(1).padStart(5)
  const endings = Object.keys(result.outcomes)
  const width = Math.max(...endings.map(({ length }) => length))
  const lines = endings.map((ending) => {
    const count = endedCount(result, ending)
    const { low, high } = endedInterval(result, ending)
    const share = percent(endedShare(result, ending))
    return `  ${ending.padEnd(width)} ${share} %  (${percent(low)} to ${percent(high)})  ${count}`
  })
  return [
    `${result.policy}: ${result.episodes} episodes from ${result.start}${result.island ? ` on ${result.island}` : ''}, seed ${result.seed}`,
    ...lines,
    `  ${result.meanDecisions.toFixed(1)} decisions per episode, ${result.decisionsPerSecond} decisions per second`,
    '',
  ].join('\n')
}
