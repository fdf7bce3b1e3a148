import { createHash } from 'node:crypto'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { basename, dirname, join } from 'node:path'
import {
  exportModel,
  MODEL_VERSION,
  type ModelCard,
  type ParameterLayout,
} from '../network/index.ts'
import {
  type ManifestEntry,
  MODEL_FILE_NAME,
  manifestText,
  readManifest,
  withEntry,
} from '../procedure/index.ts'
import type { Device } from '../runtime/index.ts'
import { oneSentence, UsageError } from './errors.ts'
import { isMissing, replaceFile } from './folder-store.ts'
import { changeFile, whileLocked } from './lock.ts'

/** Describes the machine of a measurement: CPU model, cores and device. */
export function machine(device: Device): string {
  return `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${device.name}`
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** Generous upper bound, in bytes, on the size of an ONNX file besides its weights. */
const ROOM = 1_000_000

/** Reasons why a file could not be written, by system error code, with a remedy each. */
const REMEDIES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free some space',
  EDQUOT: 'your disk quota is full: free some space',
  EROFS: 'the file system is read-only: choose another place with --output',
  EACCES: 'you have no write permission there: choose another place with --output',
  EPERM: 'you have no write permission there: choose another place with --output',
  ENOTDIR: 'part of its path is a file: choose another place with --output',
  EEXIST: 'part of its path is a file: choose another place with --output',
  EISDIR: 'that is a folder: name a file with --output',
}

/** Returns a `UsageError` with the file, the reason why it cannot be written, and a remedy. */
export function cannotWrite(output: string, error: unknown, then: string): UsageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const why = REMEDIES[code] ?? oneSentence(error)
  return new UsageError(`${output} cannot be written: ${why}${then}.`)
}

/**
 * Checks before training that a model with this layout can be written to `output` and entered in a
 * manifest: checks its name, creates the folder, writes a trial file of that size next to it and removes
 * it, takes the manifest's lock and reads the manifest. Throws an Error if that fails, for the output a
 * `UsageError`.
 */
export async function tryOutput(output: string, { count }: ParameterLayout): Promise<void> {
  const name = basename(output)
  if (!MODEL_FILE_NAME.test(name)) {
    throw new UsageError(
      `No model can be written to ${output}: found the file name “${name}”, expected letters, digits, “_”, “-” and “.” with .onnx at the end; choose another with --output, such as models/mine.onnx`,
    )
  }
  const trial = `${output}.partial`
  try {
    await mkdir(dirname(output), { recursive: true })
    await writeFile(trial, new Uint8Array(2 * count + ROOM))
  } catch (error) {
    throw cannotWrite(output, error, ', then run the command again')
  } finally {
    await rm(trial, { force: true }).catch(() => undefined)
  }
  const manifest = manifestPath(dirname(output))
  await whileLocked(manifest, () => readManifestFile(manifest))
}

function manifestPath(folder: string): string {
  return join(folder, 'manifest.json')
}

/**
 * Writes a model's ONNX file, scores it with `score`, which receives the file's bytes, and adds it
 * to the manifest in the same folder. Throws a `UsageError` if the file cannot be written.
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
      '; training progress is saved in the last checkpoint, so run the command again afterwards',
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

/**
 * Adds an entry to the manifest in a folder, replacing an earlier entry for the same file. Throws an Error
 * and leaves the manifest as it was if it could not be read with that entry.
 */
export async function enterInManifest(folder: string, entry: ManifestEntry): Promise<void> {
  const path = manifestPath(folder)
  await changeFile(path, async () => manifestText(withEntry(await readManifestFile(path), entry)))
}

/** Reads the entries of a manifest; returns an empty list if the file does not exist. */
async function readManifestFile(path: string): Promise<ManifestEntry[]> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined
    throw error
  })
  return text === undefined ? [] : readManifest(JSON.parse(text))
}
