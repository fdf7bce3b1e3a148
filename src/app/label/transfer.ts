/** Export of labels to files, and import from files. */
import {
  type Archive,
  consistentPart,
  encodeLines,
  encodeNpz,
  exportLabels,
  headerOf,
  mergeContents,
  noteBackup,
} from '../../storage/index.ts'
import { importLabelFiles } from '../data/import-labels.ts'
import { saveFile } from '../save-file.ts'
import { problemOf } from '../sentences.ts'
import { countOf } from '../ui/format.ts'
import type { DeskStorage } from './desk-storage.ts'
import { APP_VERSION } from './session.ts'
import { useDesk } from './store.ts'

const KINDS = {
  lines: { ending: 'jsonl', type: 'application/jsonl', encode: encodeLines },
  npz: { ending: 'npz', type: 'application/octet-stream', encode: encodeNpz },
} as const
export type FileKind = keyof typeof KINDS

/** Exports everything as one file, including answers that could not be saved yet. */
export async function exportToFile(storage: DeskStorage, kind: FileKind): Promise<void> {
  const { ending, type, encode } = KINDS[kind]
  try {
    const { archive, upTo, leftOut } = await everythingOf(storage)
    const time = archive.header.createdAt.slice(0, 16).replace(/[T:]/g, '-')
    saveFile(
      new Blob([new Uint8Array(encode(archive))], { type }),
      `jumppad-labels-${time}.${ending}`,
    )
    // What was left out is in no file yet, so the reminder to export must stay.
    if (upTo !== undefined && leftOut === 0) await noteBackup(storage.database, upTo)
    await storage.count()
    const lost =
      leftOut > 0 ? ` Left out ${countOf(leftOut, 'record')} that could not be read.` : ''
    tell('done', `Exported ${countOf(archive.labels.length, 'entry', 'entries')}.${lost}`)
  } catch (error) {
    tell('failed', problemOf(error))
  }
}

/** Returns what is on disk, followed by what is only in memory; memory alone where the disk fails. */
async function everythingOf(storage: DeskStorage): Promise<{
  readonly archive: Archive
  readonly upTo: number | undefined
  readonly leftOut: number
}> {
  const now = new Date().toISOString()
  const { whole, leftOut: unsound } = consistentPart(storage.contents())
  try {
    const { archive, upTo, leftOut } = await exportLabels(storage.database, APP_VERSION, now)
    const { added } = mergeContents(archive, whole)
    const complete = {
      header: archive.header,
      sessions: [...archive.sessions, ...added.sessions],
      clips: [...archive.clips, ...added.clips],
      labels: [...archive.labels, ...added.labels],
    }
    return { archive: complete, upTo, leftOut: leftOut + unsound }
  } catch {
    // A failing disk is when an export matters most.
    const archive = { header: headerOf(APP_VERSION, now), ...whole }
    return { archive, upTo: undefined, leftOut: unsound }
  }
}

/** Imports files, and shows the result of each. */
export async function importFiles(storage: DeskStorage, files: readonly File[]): Promise<void> {
  const { failed, text } = await importLabelFiles(storage.database, files)
  await storage.load()
  tell(failed ? 'failed' : 'done', text)
}

function tell(kind: 'done' | 'failed', text: string): void {
  useDesk.setState({ transfer: { kind, text } })
}
