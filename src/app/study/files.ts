/** Files that the researcher opens or drops: studies, and the answers that labellers hand in. */

import { studyDigest } from '../../collector/study-digest.ts'
import { gather } from '../../storage/index.ts'
import { decodeAnswersFile, type LabellerMessage } from '../../study/index.ts'
import { labDatabase } from '../data/database.ts'
import { problemOf } from '../sentences.ts'
import { takeEach } from '../take-files.ts'
import { countOf } from '../ui/format.ts'
import { useStudies } from './store.ts'
import { entryOf, importStudy, loadStudies } from './studies.ts'

/** Takes any number of files, one after another, and shows the result of each. */
export async function takeFiles(files: readonly File[]): Promise<void> {
  useStudies.setState({ problem: undefined, said: undefined })
  if (useStudies.getState().entries === undefined) await loadStudies()
  useStudies.setState(await takeEach(files, takeFile))
}

/** Takes a file. Resolves to the result as a sentence, and rejects with one; both begin with the file's name. */
async function takeFile(file: File): Promise<string> {
  try {
    const text = await file.text()
    const result = isAnswers(text) ? await gatherAnswers(text) : await importStudy(text)
    return `${file.name}: ${result}`
  } catch (error) {
    throw new Error(`${file.name}: ${problemOf(error)}`)
  }
}

/** Returns whether a file says in its first line that it has answers. */
function isAnswers(text: string): boolean {
  return /^\uFEFF?\s*\{[^\n]*"jumppad-study-answers"/.test(text.slice(0, 500))
}

/** Adds the answers of a file to those of its study, and returns what was added as a sentence. */
async function gatherAnswers(text: string): Promise<string> {
  const { study, messages } = decodeAnswersFile(text)
  const entry = entryOf(study.id)
  if (!entry) {
    throw new Error(
      `these answers belong to the study “${study.title}”, which is not in this browser: open its study file first`,
    )
  }
  const digest = await studyDigest(entry.study)
  if (messages.some((message) => message.digest !== digest)) {
    throw new Error(
      `these answers belong to an earlier version of “${entry.study.title}” and cannot be counted. Open the study file the links were made from.`,
    )
  }
  const added = new Set((await gather(await labDatabase(), messages)).map(({ id }) => id))
  const answers = messages.filter(isAnswer)
  const addedAnswers = answers.filter(({ id }) => added.has(id)).length
  const others = added.size - addedAnswers
  return addedWords(entry.study.title, { added: addedAnswers, of: answers.length, others })
}

/** Returns whether a message answers a pair; the correction of an answer is no further one. */
function isAnswer(message: LabellerMessage): boolean {
  return message.kind === 'label' && message.label.corrects === undefined
}

interface Added {
  /** Number of answers that were added, of those in the file. */
  readonly added: number
  readonly of: number
  /** Number of other messages that were added, such as corrections and the end of a session. */
  readonly others: number
}

function addedWords(title: string, { added, of, others }: Added): string {
  if (added + others === 0) return `nothing added to “${title}”: all of the file was here already.`
  const known = of - added
  const rest =
    known > 0
      ? `; ${countOf(known, 'answer')} of the file ${known === 1 ? 'was' : 'were'} here already`
      : ''
  if (added > 0) return `${countOf(added, 'answer')} added to “${title}”${rest}.`
  return `no answers added to “${title}”, but ${countOf(others, 'other message')}, such as a correction or the end of a session${rest}.`
}
