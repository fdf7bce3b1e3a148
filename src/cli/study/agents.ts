/** Agents of a study, found by the digests of their model files. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Study } from '../../study/index.ts'
import { UsageError } from '../errors.ts'

const manifestSchema = z.array(z.looseObject({ file: z.string(), sha256: z.string() }))

/** Agent of a study with the path of its model file. */
export interface FoundAgent {
  readonly file: string
  /** SHA-256 of the file. */
  readonly digest: string
}

/**
 * Returns a study's agents with their files in a folder. Throws a UsageError for an agent that is neither
 * in the folder nor in its manifest.
 */
export async function findAgents(study: Study, folder: string): Promise<FoundAgent[]> {
  const listed = await listedModels(folder)
  const found: FoundAgent[] = []
  for (const { file, digest } of study.agents) {
    const path = listed.get(digest) ?? (await searchFor(digest, folder))
    if (path === undefined) {
      throw new UsageError(
        `The study names the agent ${file}, but no model in ${folder} has its digest ${digest.slice(0, 12)}…: put its file there, or name the folder with --models`,
      )
    }
    found.push({ file: path, digest })
  }
  return found
}

async function listedModels(folder: string): Promise<Map<string, string>> {
  try {
    const text = await readFile(join(folder, 'manifest.json'), 'utf8')
    const models = manifestSchema.parse(JSON.parse(text))
    return new Map(models.map(({ file, sha256 }) => [sha256, join(folder, file)]))
  } catch {
    // A folder of one's own models has no manifest.
    return new Map()
  }
}

async function searchFor(digest: string, folder: string): Promise<string | undefined> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names.filter((each) => each.endsWith('.onnx'))) {
    const path = join(folder, name)
    const found = createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
    if (found === digest) return path
  }
  return undefined
}
