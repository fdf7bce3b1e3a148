import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { WORLD_VERSION } from '../../island/index.ts'
import { sha256 } from '../write-model.ts'
import type { CodeVersion } from './cell.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/** Folders of `src` whose code takes part in computing a cell. */
const FOLDERS = [
  ...['island', 'players', 'graph', 'network', 'runtime', 'alignment', 'evaluation', 'procedure'],
  ...['runtime-node', 'cli'],
]

const packageSchema = z.object({ version: z.string() })

/** Returns the version of the code that runs, from its files, and of what runs it. */
export async function codeVersion(): Promise<CodeVersion> {
  const { version } = packageSchema.parse(
    JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')),
  )
  return {
    ...{ app: version, world: WORLD_VERSION, code: await codeDigest() },
    ...{ node: Number.parseInt(process.versions.node, 10), architecture: process.arch },
  }
}

async function codeDigest(): Promise<string> {
  const files = await Promise.all(FOLDERS.map((folder) => sourcesIn(join('src', folder))))
  const texts = [...files.flat().sort(), 'package-lock.json'].map(async (file) => {
    // Git may check files out with other line ends.
    const text = (await readFile(join(ROOT, file), 'utf8')).replaceAll('\r\n', '\n')
    return `${file.replaceAll('\\', '/')}\n${text}\n`
  })
  return sha256(new TextEncoder().encode((await Promise.all(texts)).join(''))).slice(0, 16)
}

async function sourcesIn(folder: string): Promise<string[]> {
  const names = await readdir(join(ROOT, folder), { recursive: true })
  return names
    .filter((name) => /\.m?ts$|\.mjs$/.test(name) && !/\.test\.ts$|[\\/]?testing[\\/]/.test(name))
    .map((name) => join(folder, name))
}

export function isSameVersion(first: CodeVersion, second: CodeVersion): boolean {
  return describeVersion(first) === describeVersion(second)
}

/** Returns a version as words for messages. */
export function describeVersion({ app, world, code, node, architecture }: CodeVersion): string {
  return `version ${app}, world ${world}, code ${code}, Node ${node} on ${architecture}`
}

/** Returns a version as a token of a subject, which is also a valid name of a folder. */
export function versionToken({ app, world, code, node, architecture }: CodeVersion): string {
  return `${app.replace(/[^\w-]/g, '-')}_${world}_${code}_${node}_${architecture}`
}
