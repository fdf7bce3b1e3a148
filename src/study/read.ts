/** Reading study files, which people edit by hand and send to each other. */
import { z } from 'zod'
import { islandProblem } from '../alignment/map-schema.ts'
import { WORLD_VERSION } from '../island/index.ts'
import { STUDY_FORMAT, STUDY_VERSION, type Study, studySchema } from './study.ts'

/** Error of a study file that cannot be used; its message is one sentence. */
export class StudyFileError extends Error {
  override readonly name = 'StudyFileError'
}

const markSchema = z.looseObject({ format: z.unknown(), version: z.unknown() })

/** Maximum size of a study file in characters. */
const LONGEST_FILE = 8_000_000

/** Parses and validates a study file. Throws a StudyFileError that says what was found. */
export function readStudy(text: string): Study {
  if (text.length > LONGEST_FILE) {
    throw new StudyFileError(
      `The study file has ${text.length} characters, expected ${LONGEST_FILE} at most: choose a study.json.`,
    )
  }
  return checkedStudy(parsed(text.replace(/^\uFEFF/, '')))
}

/** Validates a study that was parsed already. Throws a StudyFileError that says what was found. */
export function checkedStudy(found: unknown): Study {
  const mark = markSchema.safeParse(found).data
  if (mark?.format !== STUDY_FORMAT) {
    throw new StudyFileError(
      `This is not a study file: it is not marked as format "${STUDY_FORMAT}"; choose a study.json that Jumppad wrote.`,
    )
  }
  if (typeof mark.version === 'number' && mark.version > STUDY_VERSION) {
    throw new StudyFileError(
      `The study file has version ${mark.version}, but this release reads version ${STUDY_VERSION} at most: open it with a newer Jumppad.`,
    )
  }
  const read = studySchema.safeParse(found)
  if (!read.success)
    throw new StudyFileError(`The study file cannot be used: ${problem(read.error)}.`)
  const { island } = read.data
  const unplayable = island && islandProblem(island.map)
  if (unplayable !== undefined) {
    throw new StudyFileError(`The study file cannot be used: at island: ${unplayable}`)
  }
  if (read.data.worldVersion !== WORLD_VERSION) {
    throw new StudyFileError(
      `The study was made for version ${read.data.worldVersion} of the island, but this release has version ${WORLD_VERSION}: use the release that made it, or prepare a new study.`,
    )
  }
  return read.data
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\.$/, '') : 'not JSON'
    throw new StudyFileError(
      `The study file is damaged: it is not valid JSON (${reason}); get the file again or fix it in an editor.`,
    )
  }
}

function problem(error: z.ZodError): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'unknown problem'
  return issue.path.length === 0 ? issue.message : `at ${issue.path.join('.')}: ${issue.message}`
}
