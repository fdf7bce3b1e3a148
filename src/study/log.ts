/**
 * Log of a study: the sittings, decisions and rules behind its messages, in whatever order and however
 * often they arrived. Messages come from strangers, so what does not fit the study is refused and counted.
 */
import { currentLabels, type Label, pairKey } from '../alignment/labels/index.ts'
import { scheduleOf, slotIndex } from './assignment.ts'
import type { LabellerMessage, ResearcherMessage, StudyMessage } from './message.ts'
import type { ExclusionRule } from './statistics/exclusion.ts'
import type { PreparedStudy } from './study.ts'

type Of<Kind extends StudyMessage['kind']> = Extract<StudyMessage, { kind: Kind }>

/** One labeller at one browser. */
export interface SittingLog {
  readonly id: string
  /** Number in the invitation. */
  readonly labeller: number
  /** Place in the design. */
  readonly slot: number
  /** Name on the page: the labeller's number, with a letter if several people opened the invitation. */
  readonly name: string
  readonly begun: Of<'begun'>
  /** Entries of the label log, corrections included, each once. */
  readonly log: readonly Label[]
  readonly finished: Of<'finished'> | undefined
  readonly withdrawn: boolean
}

export interface StudyLog {
  readonly study: PreparedStudy
  /** Sittings by labeller and then by time, withdrawn ones included: their answers never count. */
  readonly sittings: readonly SittingLog[]
  /** Latest decision on each pair, by `pairKey`. */
  readonly decisions: ReadonlyMap<string, Of<'decision'>>
  /** Latest exclusion by hand of each sitting. */
  readonly exclusions: ReadonlyMap<string, Of<'exclusion'>>
  /** Rules by which sittings are left out, as written last. */
  readonly rules: readonly ExclusionRule[]
  /** Number of messages that do not fit the study, by reason. */
  readonly refused: ReadonlyMap<string, number>
}

/**
 * Returns the log of a study. `digest` is that of the study; labels of another version of it are refused,
 * as their pairs may differ.
 */
export function readStudyLog(
  study: PreparedStudy,
  digest: string,
  messages: readonly StudyMessage[],
): StudyLog {
  const refused = new Map<string, number>()
  const refuse = (reason: string): void => {
    refused.set(reason, (refused.get(reason) ?? 0) + 1)
  }
  const known = unique(messages).filter((message) => {
    if (message.study !== study.id) refuse('of another study')
    else if ('digest' in message && message.digest !== digest)
      refuse('of another version of the study')
    else return true
    return false
  })
  const sittings = new SittingReader(study, refuse)
  for (const message of known) if (message.kind === 'begun') sittings.begin(message)
  for (const message of known) if (isOfSitting(message)) sittings.add(message)
  return {
    study,
    sittings: sittings.all(),
    decisions: latest(ofKind(known, 'decision'), ({ first, second }) => pairKey(first, second)),
    exclusions: latest(ofKind(known, 'exclusion'), ({ sitting }) => sitting),
    rules: latest(ofKind(known, 'rules'), () => 'rules').get('rules')?.rules ?? [],
    refused,
  }
}

/** Returns the labels of a sitting that hold, corrected ones replaced, in the order of first answers. */
export function answersOf({ log }: Pick<SittingLog, 'log'>): Label[] {
  return currentLabels(log)
}

/** Returns the sittings whose answers may count: all but those withdrawn. */
export function presentSittings({ sittings }: StudyLog): SittingLog[] {
  return sittings.filter(({ withdrawn }) => !withdrawn)
}

type LaterMessage = Exclude<LabellerMessage, { kind: 'begun' }>

function isOfSitting(message: StudyMessage): message is LaterMessage {
  return message.kind === 'label' || message.kind === 'finished' || message.kind === 'withdrawn'
}

interface OpenSitting {
  readonly begun: Of<'begun'>
  /** Pairs that the labeller is shown, as `shownKey` writes them. */
  readonly assigned: ReadonlySet<string>
  readonly labels: Label[]
  finished: Of<'finished'> | undefined
  withdrawn: boolean
}

/** Assembles sittings from messages; a message that does not fit its sitting is refused. */
class SittingReader {
  readonly #study: PreparedStudy
  readonly #refuse: (reason: string) => void
  readonly #open = new Map<string, OpenSitting>()
  readonly #assigned = new Map<number, ReadonlySet<string>>()

  constructor(study: PreparedStudy, refuse: (reason: string) => void) {
    this.#study = study
    this.#refuse = refuse
  }

  begin(message: Of<'begun'>): void {
    const { session, sitting, labeller, slot } = message
    const known = this.#open.get(sitting)
    if (known) {
      if (known.begun.labeller !== labeller) this.#refuse('of another labeller than its session')
      return
    }
    if (session.id !== sitting || session.study?.id !== this.#study.id) {
      this.#refuse('with a session that does not belong to it')
      return
    }
    const assigned = this.#pairsOf(slot)
    const open = { begun: message, assigned, labels: [], finished: undefined, withdrawn: false }
    this.#open.set(sitting, open)
  }

  add(message: LaterMessage): void {
    const open = this.#open.get(message.sitting)
    if (!open) this.#refuse('of a session whose beginning is missing')
    else if (open.begun.labeller !== message.labeller) {
      this.#refuse('of another labeller than its session')
    } else if (message.kind === 'withdrawn') open.withdrawn = true
    else if (message.kind === 'finished') open.finished ??= message
    else this.#addLabel(open, message)
  }

  #addLabel(open: OpenSitting, { id, label }: Of<'label'>): void {
    if (label.id !== id) this.#refuse('whose id is not that of its label')
    else if (label.session !== open.begun.sitting) this.#refuse('with a label of another session')
    else if (!open.assigned.has(shownKey(label))) this.#refuse('about a pair that was not assigned')
    else open.labels.push(label)
  }

  /** Returns the sittings; several of one labeller get letters in the order in which they began. */
  all(): SittingLog[] {
    const sorted = [...this.#open.values()].toSorted(
      (a, b) => a.begun.labeller - b.begun.labeller || order(a.begun.at, b.begun.at),
    )
    return sorted.map(({ begun, labels, finished, withdrawn }) => {
      const same = sorted.filter((other) => other.begun.labeller === begun.labeller)
      const place = same.findIndex((other) => other.begun === begun)
      const letter = same.length > 1 ? letterOf(place) : ''
      const { sitting: id, labeller, slot } = begun
      const name = `${labeller}${letter}`
      return { id, labeller, slot, name, begun, log: inOrder(labels), finished, withdrawn }
    })
  }

  #pairsOf(slot: number): ReadonlySet<string> {
    const index = slotIndex(this.#study, slot)
    const known = this.#assigned.get(index)
    if (known) return known
    const pairs = new Set(scheduleOf(this.#study, slot).map(shownKey))
    this.#assigned.set(index, pairs)
    return pairs
  }
}

/** Returns a key of a pair as it is shown. It includes the answer of golden pairs, which nobody may set. */
function shownKey(pair: Pick<Label, 'first' | 'second' | 'left' | 'kind' | 'known'>): string {
  return [pair.first, pair.second, pair.left, pair.kind, pair.known ?? ''].join(' ')
}

/** Returns labels with corrections after what they correct, else by time. */
function inOrder(labels: readonly Label[]): Label[] {
  const byId = new Map(labels.map((label) => [label.id, label]))
  const done = new Set<string>()
  const sorted: Label[] = []
  const place = (label: Label): void => {
    if (done.has(label.id)) return
    done.add(label.id)
    const before = label.corrects === undefined ? undefined : byId.get(label.corrects)
    if (before) place(before)
    sorted.push(label)
  }
  for (const label of labels.toSorted((a, b) => order(a.createdAt, b.createdAt))) place(label)
  return sorted
}

function letterOf(place: number): string {
  const letter = String.fromCharCode('a'.charCodeAt(0) + (place % 26))
  return place < 26 ? letter : `${letterOf(Math.floor(place / 26) - 1)}${letter}`
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Returns each message once, by its id; of several with one id, the first. */
function unique(messages: readonly StudyMessage[]): StudyMessage[] {
  const known = new Set<string>()
  return messages.filter(({ id }) => {
    if (known.has(id)) return false
    known.add(id)
    return true
  })
}

function ofKind<Kind extends ResearcherMessage['kind']>(
  messages: readonly StudyMessage[],
  kind: Kind,
): Of<Kind>[] {
  return messages.filter((message): message is Of<Kind> => message.kind === kind)
}

/** Returns the latest message for each key, by time and then by id, whatever the order of arrival. */
function latest<T extends ResearcherMessage>(
  messages: readonly T[],
  keyOf: (message: T) => string,
): Map<string, T> {
  const found = new Map<string, T>()
  for (const message of messages) {
    const key = keyOf(message)
    const before = found.get(key)
    const isLater =
      before === undefined ||
      order(before.at, message.at) < 0 ||
      (before.at === message.at && before.id < message.id)
    if (isLater) found.set(key, message)
  }
  return found
}
