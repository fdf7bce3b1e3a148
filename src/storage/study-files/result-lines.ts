/** Results of studies as JSON Lines: a header, then clips and comparisons. */
import type { StudyResult } from '../../study/result.ts'
import { checkedClip } from '../archive/archive.ts'
import { clipFromText, clipToText } from '../archive/clip-text.ts'
import { decodeSealed, encodeSealed } from '../archive/sealed-lines.ts'
import { checkedResult, checkedResultHeader, resultHeader, type Written } from './result-header.ts'

const KINDS = ['clip', 'comparison'] as const

export function encodeResultLines(result: StudyResult, written: Written): Uint8Array {
  return encodeSealed(KINDS, resultHeader(result, written), [
    ...result.clips.map((clip) => ({ type: 'clip' as const, ...clipToText(clip) })),
    ...result.comparisons.map((comparison) => ({ type: 'comparison' as const, ...comparison })),
  ])
}

/** Decodes a file, or throws an ArchiveError with a one-sentence message. */
export function decodeResultLines(file: Uint8Array): StudyResult {
  const { header, records } = decodeSealed(file, KINDS, checkedResultHeader)
  const of = (wanted: (typeof KINDS)[number]) => records.filter(({ type }) => type === wanted)
  const clips = of('clip').map(({ record, where }) =>
    checkedClip(clipFromText(record, where), where),
  )
  return checkedResult(
    header,
    clips,
    of('comparison').map(({ record }) => record),
  )
}
