/** Labels of a study as they are exported one by one. */
import type { Label } from '../../alignment/labels/index.ts'
import { clipsOfStudy, presentSittings, type StudyLog } from '../../study/index.ts'
import { clipsMentioned } from '../../study/result.ts'
import { type Archive, type ArchiveContents, consistentPart, headerOf } from '../archive/archive.ts'
import type { Written } from './result-header.ts'

/**
 * Returns all labels of a study with their sessions and clips, those of withdrawn sittings excepted. Labels
 * that a stranger sent out of order, and corrections of labels that never arrived, are left out.
 */
export function archiveOfStudy(log: StudyLog, { app, createdAt }: Written): Archive {
  const sittings = presentSittings(log)
  const known = clipsOfStudy(log.study)
  const labels: Label[] = sittings.flatMap((sitting) => sitting.log)
  const contents: ArchiveContents = {
    sessions: sittings.map(({ begun }) => begun.session),
    clips: clipsMentioned(labels).flatMap((id) => known.get(id) ?? []),
    labels,
  }
  return { header: headerOf(app, createdAt), ...consistentPart(contents).whole }
}
