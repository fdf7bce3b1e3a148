/** `study new`: writes a study file to start from. */
import { createHash, randomInt, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { ISLANDS, islandNamed } from '../../island/index.ts'
import { readIsland } from '../../procedure/island-file.ts'
import {
  checkedStudy,
  missingJumppad,
  newStudy,
  type Study,
  studySize,
  withAnswers,
} from '../../study/index.ts'
import { oneSentence, UsageError } from '../errors.ts'
import { readModelFile } from '../evaluate.ts'
import { isMissing } from '../folder-store.ts'
import { SEED } from '../options.ts'
import { withPath, writeStudyFile } from './files.ts'

export interface NewStudyOptions {
  readonly agent: readonly string[]
  readonly title: string
  readonly question: string
  readonly labellers?: number
  readonly pairsEach?: number
  readonly overlap?: number
  readonly clips?: number
  readonly reShows?: number
  readonly graded: boolean
  readonly seed?: number
  /** Id of a shipped island, or path of an island file. */
  readonly island?: string
}

export async function createStudyFile(path: string, options: NewStudyOptions): Promise<void> {
  if (existsSync(path)) {
    throw new UsageError(`The file ${path} exists already: name another one, or delete it`)
  }
  const draft = newStudy({
    id: randomUUID(),
    title: options.title,
    question: options.question,
    agents: await Promise.all(options.agent.map(agentOf)),
    seed: options.seed ?? randomInt(SEED),
    island: options.island === undefined ? undefined : await islandOf(options.island),
  })
  const { design } = draft
  const study = withPath(path, () =>
    checkedStudy({
      ...withAnswers(draft, options.graded ? 'graded' : 'two-way'),
      design: {
        ...design,
        labellers: options.labellers ?? design.labellers,
        pairsEach: options.pairsEach ?? design.pairsEach,
        overlap: options.overlap ?? Math.min(design.overlap, options.labellers ?? design.overlap),
        clipsPerAgent: options.clips ?? design.clipsPerAgent,
        reShows: options.reShows ?? Math.min(design.reShows, (options.pairsEach ?? 8) >> 1),
      },
    } satisfies Study),
  )
  await writeStudyFile(path, study)
  const missing = missingJumppad(study)
  if (missing !== undefined) {
    process.stderr.write(
      `The question asks for the ${missing} jumppad, which the island does not have: change the question in ${path}.\n`,
    )
  }
  process.stdout.write(
    `Wrote ${path}: ${summaryOf(study)}.\nRead and adapt its texts (consent, instructions), then: npm run lab -- study serve ${path}\n`,
  )
}

/** Resolves to the island with this id or in this file. */
async function islandOf(path: string): Promise<NonNullable<Study['island']>> {
  const shipped = islandNamed(path)
  if (shipped) return shipped
  try {
    return readIsland(await readFile(path, 'utf8'))
  } catch (error) {
    const ids = ISLANDS.map(({ id }) => id).join(', ')
    const why = isMissing(error) ? `there is no file ${path}` : oneSentence(error)
    throw new UsageError(
      `There is no island “${path}” (${why}): expected ${ids}, or a file of an island`,
    )
  }
}

async function agentOf(path: string): Promise<Study['agents'][number]> {
  const bytes = await readModelFile(path)
  return { file: basename(path), digest: createHash('sha256').update(bytes).digest('hex') }
}

/** Returns the size of a study in words. */
export function summaryOf(study: Study): string {
  const { pairs, shown } = studySize(study)
  const { labellers, overlap } = study.design
  return `“${study.title}”, ${labellers} labellers with ${shown} pairs each, ${pairs} different pairs answered by ${overlap} each`
}
