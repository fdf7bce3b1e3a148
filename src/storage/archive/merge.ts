/** Laying one person's labels beside another's. */
import type { Label } from '../../alignment/labels/index.ts'
import { isSame } from '../same.ts'
import type { ArchiveContents } from './archive.ts'

type Kind = keyof ArchiveContents

/** Two records with one id that say different things. The one that was there first is kept. */
export interface Conflict {
  readonly kind: Kind
  readonly id: string
  /** The fields that differ. */
  readonly fields: readonly string[]
}

export interface Merge {
  /** What the incoming file adds. */
  readonly added: ArchiveContents
  /** Records that were there already, word for word. */
  readonly known: number
  readonly conflicts: readonly Conflict[]
}

/** What the incoming contents add to those that are there. Done a second time it adds nothing. */
export function mergeContents(present: ArchiveContents, incoming: ArchiveContents): Merge {
  const sessions = compare('sessions', present.sessions, incoming.sessions)
  const clips = compare('clips', present.clips, incoming.clips)
  const labels = compare('labels', present.labels, incoming.labels)
  const disputed = new Set(labels.conflicts.map(({ id }) => id))
  const added: Label[] = []
  for (const label of labels.added) {
    // What corrects a label that is another one here would correct the wrong label.
    if (label.corrects === undefined || !disputed.has(label.corrects)) added.push(label)
    else {
      disputed.add(label.id)
      labels.conflicts.push({ kind: 'labels', id: label.id, fields: ['corrects'] })
    }
  }
  return {
    added: { sessions: sessions.added, clips: clips.added, labels: added },
    known: sessions.known + clips.known + labels.known,
    conflicts: [...sessions.conflicts, ...clips.conflicts, ...labels.conflicts],
  }
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
): Comparison<T> {
  const byId = new Map(present.map((record) => [record.id, record]))
  const added: T[] = []
  const conflicts: Conflict[] = []
  for (const record of incoming) {
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
