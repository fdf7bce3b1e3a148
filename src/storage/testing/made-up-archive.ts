/** Label entries and archives for tests. */
import {
  correct,
  type Label,
  type LabelVerdict,
  type Session,
} from '../../alignment/labels/index.ts'
import {
  madeUpClip,
  madeUpId,
  madeUpLabel,
  madeUpSession,
  madeUpTime,
} from '../../alignment/labels/testing/made-up-labels.ts'
import { type Archive, headerOf } from '../archive/index.ts'
import type { LabelEntry } from '../labels.ts'

/** Returns the n-th label with its session and the clips n and n + 1, on the session's island. */
export function madeUpEntry(
  n: number,
  session: Session = madeUpSession(),
  overrides: Partial<Label> = {},
): LabelEntry {
  const island = session.island?.map
  const [first, second] = [madeUpClip(n, island), madeUpClip(n + 1, island)]
  const label = madeUpLabel(n, {
    session: session.id,
    labeller: session.labeller,
    question: session.question,
    first: first.id,
    second: second.id,
    ...overrides,
  })
  return { label, session, clips: [first, second] }
}

/** Returns an entry that corrects the verdict of another. */
export function madeUpCorrection(entry: LabelEntry, n: number, verdict: LabelVerdict): LabelEntry {
  const news = { verdict, responseMs: 900, replays: 1 }
  const label = correct(entry.label, { ...news, id: madeUpId(n), createdAt: madeUpTime(n) })
  return { ...entry, label }
}

/** Returns an archive of these entries. */
export function madeUpArchive(entries: readonly LabelEntry[]): Archive {
  const clips = new Map(entries.flatMap((entry) => entry.clips).map((clip) => [clip.id, clip]))
  const sessions = new Map(entries.map(({ session }) => [session.id, session]))
  return {
    header: headerOf('0.1.0', madeUpTime(3600)),
    sessions: [...sessions.values()],
    clips: [...clips.values()],
    labels: entries.map(({ label }) => label),
  }
}

/** Returns three labels and a correction of the second; one pair is golden, one a tie. */
export function smallArchive(): Archive {
  const second = madeUpEntry(2, undefined, { verdict: 'tie', left: 'second' })
  return madeUpArchive([
    madeUpEntry(1),
    second,
    madeUpEntry(3, undefined, { kind: 'golden', known: 'second', verdict: 'cannot tell' }),
    madeUpCorrection(second, 9, 'second'),
  ])
}
