/** Merging of two sets of labels. */
import type { Label } from '../../alignment/labels/index.ts'
import { isSame } from '../same.ts'
import type { ArchiveContents } from './archive.ts'

type Kind = keyof ArchiveContents

/** Two records with the same id but different content. The existing one is kept. */
interface Conflict {
  readonly kind: Kind
  readonly id: string
  /** Names of the fields that differ. */
  readonly fields: readonly string[]
}

export interface Merge {
  /** Records that the incoming file adds. */
  readonly added: ArchiveContents
  /** Number of incoming records that were already present and identical. */
  readonly known: number
  readonly conflicts: readonly Conflict[]
  /**
   * Number of labels that were corrected on both sides. Of their corrections the one with the later
   * time counts, so a wrong clock decides: people should look at them.
   */
  readonly correctedTwice: number
}

/**
 * Merges incoming contents into those already present. Idempotent: a second merge adds nothing.
 * Records with an id of `unreadable`, which are present in a form of another release, are conflicts.
 */
export function mergeContents(
  present: ArchiveContents,
  incoming: ArchiveContents,
  unreadable: ReadonlySet<string> = new Set(),
): Merge {
  const sessions = compare('sessions', present.sessions, incoming.sessions, unreadable)
  const clips = compare('clips', present.clips, incoming.clips, unreadable)
  const labels = compare('labels', present.labels, incoming.labels, unreadable)
  const disputed = new Set(labels.conflicts.map(({ id }) => id))
  const added: Label[] = []
  for (const label of labels.added) {
    // A correction of a conflicting label would correct the wrong label here.
    if (label.corrects === undefined || !disputed.has(label.corrects)) added.push(label)
    else {
      disputed.add(label.id)
      labels.conflicts.push({ kind: 'labels', id: label.id, fields: ['corrects'] })
    }
  }
  const corrected = correctedIn(present.labels)
  return {
    correctedTwice: [...correctedIn(added)].filter((id) => corrected.has(id)).length,
    added: { sessions: sessions.added, clips: clips.added, labels: added },
    known: sessions.known + clips.known + labels.known,
    conflicts: [...sessions.conflicts, ...clips.conflicts, ...labels.conflicts],
  }
}

/** Returns the ids of labels that some of these correct. */
function correctedIn(labels: readonly Label[]): Set<string> {
  return new Set(labels.flatMap(({ corrects }) => corrects ?? []))
}

interface Comparison<T> {
  readonly added: T[]
  readonly known: number
  readonly conflicts: Conflict[]
}

function compare<T extends { readonly id: string }>(
  kind: Kind,
  present: readonly T[],
  incoming: readonly T[],
  unreadable: ReadonlySet<string>,
): Comparison<T> {
  const byId = new Map(present.map((record) => [record.id, record]))
  const added: T[] = []
  const conflicts: Conflict[] = []
  for (const record of incoming) {
    if (unreadable.has(record.id)) {
      conflicts.push({ kind, id: record.id, fields: ['version'] })
      continue
    }
    const before = byId.get(record.id)
    const fields = before === undefined ? [] : differences(before, record)
    if (before === undefined) added.push(record)
    else if (fields.length > 0) conflicts.push({ kind, id: record.id, fields })
  }
  return { added, known: incoming.length - added.length - conflicts.length, conflicts }
}

function differences(a: object, b: object): string[] {
  const [before, now] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
  return [...new Set([...before.keys(), ...now.keys()])].filter(
    (field) => !isSame(before.get(field), now.get(field)),
  )
}
