/** Labels of a study as they are exported one by one. */
import type { Label } from '../../alignment/labels/index.ts'
import { clipsOfStudy, presentSittings, type StudyLog } from '../../study/index.ts'
import { receivedSession } from '../../study/message.ts'
import { clipsMentioned } from '../../study/result.ts'
import { type Archive, type ArchiveContents, consistentPart, headerOf } from '../archive/archive.ts'
import type { Written } from './result-header.ts'

export interface StudyArchive {
  readonly archive: Archive
  /** Number of labels that are left out, as a file with them could not be read. */
  readonly leftOut: number
}

/** Returns all labels of a study with their sessions and clips, those of withdrawn sittings excepted. */
export function archiveOfStudy(log: StudyLog, { app, createdAt }: Written): StudyArchive {
  const sittings = presentSittings(log)
  const known = clipsOfStudy(log.study)
  const labels: Label[] = sittings.flatMap((sitting) => sitting.log)
  const contents: ArchiveContents = {
    sessions: sittings.map(({ begun }) => receivedSession(begun.session, log.study)),
    clips: clipsMentioned(labels).flatMap((id) => known.get(id) ?? []),
    labels,
  }
  const { whole, leftOut } = consistentPart(contents)
  return { archive: { header: headerOf(app, createdAt), ...whole }, leftOut }
}
