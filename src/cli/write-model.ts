import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { basename, dirname, join } from 'node:path'
import {
  exportModel,
  MODEL_VERSION,
  type ModelCard,
  type ParameterLayout,
} from '../network/index.ts'
import { type ManifestEntry, readManifest, withEntry } from '../procedure/index.ts'
import type { Device } from '../runtime/index.ts'
import { oneSentence, UsageError } from './errors.ts'
import { isMissing } from './folder-store.ts'

/** Processor, cores and threads a measurement was made with. */
export function machine(device: Device): string {
  return `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${device.name}`
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Bytes of an ONNX file besides its weights, and to spare. */
const ROOM = 1_000_000

/** Why a file could not be written, by the system's code, and what to do about it. */
const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free some space',
  EDQUOT: 'your share of the disk is full: free some space',
  EROFS: 'the file system is read-only: choose another place with --output',
  EACCES: 'you may not write there: choose another place with --output',
  EPERM: 'you may not write there: choose another place with --output',
  ENOTDIR: 'part of its path is a file: choose another place with --output',
  EEXIST: 'part of its path is a file: choose another place with --output',
  EISDIR: 'that is a folder: name a file with --output',
}

/** A UsageError that names the file, what kept it from being written, and what to do. */
export function cannotWrite(output: string, error: unknown, then: string): UsageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const why = REMEDIES[code] ?? oneSentence(error)
  return new UsageError(`${output} cannot be written: ${why}${then}.`)
}

/**
 * Tries, before a training, whether a model of this layout can be written where it is to go: makes the
 * folder, writes as many bytes beside the place, and removes them. Throws a UsageError otherwise.
 */
export async function tryOutput(output: string, { count }: ParameterLayout): Promise<void> {
  const trial = `${output}.partial`
  try {
    await mkdir(dirname(output), { recursive: true })
    await writeFile(trial, new Uint8Array(2 * count + ROOM))
  } catch (error) {
    throw cannotWrite(output, error, ', then run the command again')
  } finally {
    await rm(trial, { force: true }).catch(() => undefined)
  }
}

/** Puts bytes in the place of a file, which is the old one or the new one whenever the program dies. */
async function replaceFile(path: string, bytes: Uint8Array | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(`${path}.partial`, bytes)
  await rename(`${path}.partial`, path)
}

/**
 * Writes a model's ONNX file, measures it by `score`, which is given the file's bytes, and enters it in
 * the manifest beside it.
 */
export async function writeModel(
  output: string,
  layout: ParameterLayout,
  parameters: Float32Array,
  card: ModelCard,
  score: (bytes: Uint8Array) => Promise<ManifestEntry['scores']>,
): Promise<ManifestEntry> {
  const bytes = exportModel(layout, parameters, card)
  await replaceFile(output, bytes).catch((error: unknown) => {
    throw cannotWrite(
      output,
      error,
      '; what was learnt is in the last checkpoint: run it again then',
    )
  })
  const entry: ManifestEntry = {
    version: MODEL_VERSION,
    file: basename(output),
    sha256: sha256(bytes),
    parameters: layout.count,
    ...card,
    scores: await score(bytes),
  }
  await enterInManifest(dirname(output), entry)
  return entry
}

/** Puts an entry into the manifest of a folder, in the place of an earlier one of the same file. */
export async function enterInManifest(folder: string, entry: ManifestEntry): Promise<void> {
  const path = join(folder, 'manifest.json')
  const entries = withEntry(await readManifestFile(path), entry)
  await replaceFile(path, `${JSON.stringify(entries, undefined, 2)}\n`)
}

/** The entries of a manifest; none where there is no such file. */
export async function readManifestFile(path: string): Promise<ManifestEntry[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  return text === undefined ? [] : readManifest(JSON.parse(text))
}
