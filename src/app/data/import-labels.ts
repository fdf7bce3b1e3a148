/** Import of label files, which are merged into this browser's database. */

import { importLabels, type LabDatabase, type Merge } from '../../storage/index.ts'
import { problemOf } from '../sentences.ts'
import { countOf } from '../ui/format.ts'

export interface ImportReport {
  /** Whether any file could not be read. */
  readonly failed: boolean
  /** One sentence per file. */
  readonly text: string
}

/** Imports files one after another; a file that cannot be read changes nothing. */
export async function importLabelFiles(
  database: LabDatabase,
  files: readonly File[],
): Promise<ImportReport> {
  const sentences: string[] = []
  let failed = false
  for (const file of files) {
    try {
      const bytes = new Uint8Array(await file.arrayBuffer())
      sentences.push(`${file.name}: ${mergeSentence(await importLabels(database, bytes))}`)
    } catch (error) {
      failed = true
      sentences.push(`${file.name}: ${problemOf(error)}`)
    }
  }
  return { failed, text: sentences.join(' ') }
}

function mergeSentence({ added, known, conflicts, correctedTwice }: Merge): string {
  const parts = [
    `${countOf(added.labels.length, 'label')} and ${countOf(added.clips.length, 'clip')} added`,
    `${countOf(known, 'record')} already present`,
  ]
  const twice =
    correctedTwice > 0
      ? ` ${countOf(correctedTwice, 'answer')} ${correctedTwice === 1 ? 'was' : 'were'} changed in both places: the later change counts, so check that the clocks of both computers are right.`
      : ''
  const [first] = conflicts
  if (!first) return `${parts.join(', ')}.${twice}`
  const example = `the first is ${first.kind.slice(0, -1)} ${first.id}, which differs in ${first.fields.join(', ')}`
  return `${parts.join(', ')}. ${countOf(conflicts.length, 'conflict')}: the existing records were kept; ${example}.${twice}`
}
