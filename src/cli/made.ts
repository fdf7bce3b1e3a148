import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { WORLD_VERSION } from '../island/index.ts'
import { folderStore, isMissing } from './folder-store.ts'
import { sha256 } from './write-model.ts'

/** Raised by hand when a stage's method changes, so that what it made before is made again. */
const METHOD_VERSION = 1

interface MadeRecord {
  /** Digest of all that the stage was made from. */
  readonly inputs: string
  /** Digests of the files it wrote, by path. */
  readonly files: Readonly<Record<string, string>>
  readonly seconds: number
  readonly value: unknown
}

/** What a stage needs, and what it makes of it. */
export interface StagePlan<T> {
  readonly name: string
  /** Settings that the result depends on, as JSON. */
  readonly settings: unknown
  /** Files that are read. */
  readonly reads?: readonly string[]
  /** Files that are written. */
  readonly writes?: readonly string[]
  make(): Promise<T>
}

export interface Made<T> {
  readonly value: T
  /** Wall-clock of making it, now or then. */
  readonly seconds: number
}

/**
 * The stages of a long procedure, with what each made: a stage whose settings, world and files read
 * are as they were, and whose files written are still there, is not run again.
 */
export class Workshop {
  readonly folder: string
  /** Wall-clock of each stage asked for so far, now or when it was made; by path where it is within. */
  readonly seconds: Record<string, number>
  readonly #prefix: string

  private constructor(folder: string, seconds: Record<string, number>, prefix: string) {
    this.folder = folder
    this.seconds = seconds
    this.#prefix = prefix
  }

  static in(folder: string): Workshop {
    return new Workshop(folder, {}, '')
  }

  /** Stages of a folder within, which may have the names of stages here; their time counts here too. */
  within(name: string): Workshop {
    return new Workshop(this.path(name), this.seconds, `${this.#prefix}${name}/`)
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
      // Written below by a stage of the same name and settings.
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

/** A name as it can stand in a list of models and in any file system. */
export function fileNameOf(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '-')
}

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

function parse(bytes: Uint8Array | undefined): MadeRecord | undefined {
  if (bytes === undefined) return undefined
  try {
    // A record is only ever written by `made`; what is no JSON was cut off.
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
