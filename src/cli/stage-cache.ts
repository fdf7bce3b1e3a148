import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WORLD_VERSION } from '../island/index.ts'
import { folderStore, isMissing } from './folder-store.ts'
import { sha256 } from './write-model.ts'

/** Version of the stages' methods. Increment it when a method changes, to invalidate cached results. */
const METHOD_VERSION = 1

interface MadeRecord {
  /** Digest of all inputs of the stage. */
  readonly inputs: string
  /** Digests of the files it wrote, by path. */
  readonly files: Readonly<Record<string, string>>
  readonly seconds: number
  readonly value: unknown
}

/** Inputs and outputs of a stage, and the function that runs it. */
export interface StagePlan<T> {
  readonly name: string
  /** Settings that affect the result; must be JSON-serialisable. */
  readonly settings: unknown
  /** Paths of the input files. */
  readonly reads?: readonly string[]
  /** Paths of the output files. */
  readonly writes?: readonly string[]
  make(): Promise<T>
}

export interface Made<T> {
  readonly value: T
  /** Wall-clock time of the stage in seconds, in this run or when its cached result was made. */
  readonly seconds: number
}

/**
 * Cache of the stages of a long procedure. A stage is skipped if its settings, the world version
 * and its input files are unchanged and its output files are intact.
 */
export class StageCache {
  readonly folder: string
  /**
   * Wall-clock seconds of each stage requested so far, including cached ones, by name or by path if
   * it is in a nested cache.
   */
  readonly seconds: Record<string, number>
  readonly #prefix: string

  private constructor(folder: string, seconds: Record<string, number>, prefix: string) {
    this.folder = folder
    this.seconds = seconds
    this.#prefix = prefix
  }

  static in(folder: string): StageCache {
    return new StageCache(folder, {}, '')
  }

  /**
   * Returns a nested cache in a subfolder. Its stages may reuse names from this one; their times
   * are recorded here too.
   */
  within(name: string): StageCache {
    return new StageCache(this.path(name), this.seconds, `${this.#prefix}${name}/`)
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  async made<T>(plan: StagePlan<T>): Promise<Made<T>> {
    const { name, settings, reads = [], writes = [] } = plan
    const store = folderStore(this.path('records'))
    const file = `${fileNameOf(name)}.json`
    const inputs = sha256(
      encode({ METHOD_VERSION, WORLD_VERSION, settings, reads: await digests(reads) }),
    )
    const kept = parse(await store.read(file))
    if (kept?.inputs === inputs && (await unchanged(kept.files))) {
      process.stderr.write(`${name}: unchanged\n`)
      this.seconds[`${this.#prefix}${name}`] = kept.seconds
      // Written below by a stage with the same name and settings, so it has the same type.
      return { value: kept.value as T, seconds: kept.seconds }
    }
    const begun = performance.now()
    const value = await plan.make()
    const seconds = (performance.now() - begun) / 1000
    const record: MadeRecord = { inputs, files: await digests(writes), seconds, value }
    await store.write(file, encode(record))
    this.seconds[`${this.#prefix}${name}`] = seconds
    process.stderr.write(`${name}: ${Math.round(seconds)} s\n`)
    return { value, seconds }
  }
}

/** Returns a name that is valid in a manifest and on any file system. */
export function fileNameOf(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '-')
}

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

function parse(bytes: Uint8Array | undefined): MadeRecord | undefined {
  if (bytes === undefined) return undefined
  try {
    // Only `made` writes records, so invalid JSON means that a write was cut short.
    return JSON.parse(new TextDecoder().decode(bytes)) as MadeRecord
  } catch {
    return undefined
  }
}

async function digests(paths: readonly string[]): Promise<Record<string, string>> {
  const entries: [string, string][] = []
  for (const path of paths) entries.push([path, sha256(await readFile(path))])
  return Object.fromEntries(entries)
}

async function unchanged(files: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    const now = await digests(Object.keys(files))
    return Object.entries(files).every(([path, digest]) => now[path] === digest)
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}
