/** Files that the researcher opens or drops: studies, and the answers that labellers hand in. */

import { studyDigest } from '../../collector/study-digest.ts'
import { gather } from '../../storage/index.ts'
import { decodeAnswersFile } from '../../study/index.ts'
import { labDatabase } from '../data/database.ts'
import { problemOf } from '../sentences.ts'
import { countOf } from '../ui/format.ts'
import { useStudies } from './store.ts'
import { entryOf, importStudy, loadStudies } from './studies.ts'

/** Takes any number of files, one after another, and shows the result of each. */
export async function takeFiles(files: readonly File[]): Promise<void> {
  useStudies.setState({ problem: undefined, said: undefined })
  if (useStudies.getState().entries === undefined) await loadStudies()
  const said: string[] = []
  const problems: string[] = []
  for (const file of files) {
    try {
      const text = await file.text()
      if (isAnswers(text)) said.push(`${file.name}: ${await gatherAnswers(text)}`)
      else said.push(`${file.name}: ${await importStudy(text)}`)
    } catch (error) {
      problems.push(`${file.name}: ${problemOf(error)}`)
    }
  }
  useStudies.setState({ said: joined(said), problem: joined(problems) })
}

/** Returns whether a file says in its first line that it has answers. */
function isAnswers(text: string): boolean {
  return /^\uFEFF?\s*\{[^\n]*"jumppad-study-answers"/.test(text.slice(0, 500))
}

/** Adds the answers of a file to those of its study, and returns what they were as a sentence. */
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
  const added = await gather(await labDatabase(), messages)
  const labels = messages.filter(({ kind }) => kind === 'label').length
  const known = messages.length - added
  return `${countOf(labels, 'answer')} for “${entry.study.title}”${known > 0 ? `, ${countOf(known, 'message')} of the file ${known === 1 ? 'was' : 'were'} here already` : ''}.`
}

function joined(sentences: readonly string[]): string | undefined {
  return sentences.length > 0 ? sentences.join(' ') : undefined
}
