/** Study files on disk. */
import { readFile, rename, writeFile } from 'node:fs/promises'
import { readStudy, type Study, StudyFileError } from '../../study/index.ts'
import { oneSentence, UsageError } from '../errors.ts'
import { isMissing } from '../folder-store.ts'

/** Reads a study file. Throws a UsageError that says what is wrong with it. */
export async function readStudyFile(path: string): Promise<Study> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) {
      throw new UsageError(
        `There is no study file ${path}: write one with “npm run lab -- study new ${path} …”, or download one from the Study page`,
      )
    }
    throw new UsageError(`The study file ${path} cannot be read: ${oneSentence(error)}`)
  })
  return withPath(path, () => readStudy(text))
}

/** Runs `work` on a study file; a StudyFileError becomes a UsageError that names the file. */
export function withPath<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof StudyFileError) throw new UsageError(`${path}: ${error.message}`)
    throw error
  }
}

/** Writes a study so that people can read and edit it. */
export async function writeStudyFile(path: string, study: Study): Promise<void> {
  await writeWhole(path, `${studyText(study)}\n`)
}

/** Returns a study as indented JSON, in which each clip and each pair has one line. */
export function studyText(study: Study): string {
  const { material, ...settings } = study
  const text = JSON.stringify(settings, undefined, 2)
  if (material === undefined) return text
  const lists = Object.entries(material).map(([name, list]) => {
    const lines = list.map((each) => `      ${JSON.stringify(each)}`)
    return `    ${JSON.stringify(name)}: [${lines.length > 0 ? `\n${lines.join(',\n')}\n    ` : ''}]`
  })
  return `${text.slice(0, -2)},\n  "material": {\n${lists.join(',\n')}\n  }\n}`
}

/**
 * Writes a file that is never seen half written. `mode` holds from its beginning on, so that nobody else
 * ever reads a file of secrets.
 */
export async function writeWhole(path: string, content: string, mode = 0o644): Promise<void> {
  const partial = `${path}.partial`
  await writeFile(partial, content, { mode })
  await rename(partial, path)
}
