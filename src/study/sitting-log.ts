/** Sittings of a study as their messages tell of them. What does not fit its sitting is refused. */
import { currentLabels, type Label } from '../alignment/labels/index.ts'
import { grouped } from './grouped.ts'
import {
  type LabellerMessage,
  type MessageOf,
  MOST_SITTINGS,
  type StudyMessage,
} from './message.ts'
import { problemOfBeginning, Schedules } from './sitting-checks.ts'
import { acceptedLabels } from './sitting-labels.ts'
import type { PreparedStudy } from './study.ts'

/** One labeller at one browser. */
export interface SittingLog {
  readonly id: string
  /** Number in the invitation. */
  readonly labeller: number
  /** Place in the design. */
  readonly slot: number
  /** Name on the page: the labeller's number, with a letter if several browsers opened the invitation. */
  readonly name: string
  readonly begun: MessageOf<'begun'>
  /** Entries of the label log, corrections included, each once. */
  readonly log: readonly Label[]
  readonly finished: MessageOf<'finished'> | undefined
  readonly withdrawn: boolean
}

/** Returns the labels of a sitting that hold, corrected ones replaced, in the order of first answers. */
export function answersOf({ log }: Pick<SittingLog, 'log'>): Label[] {
  return currentLabels(log)
}

type LaterMessage = Exclude<LabellerMessage, { kind: 'begun' }>

export function isOfSitting(message: StudyMessage): message is LaterMessage {
  return message.kind === 'label' || message.kind === 'finished' || message.kind === 'withdrawn'
}

/** Compares messages by time and then by id, so that the order of arrival does not matter. */
export function byTime(a: StudyMessage, b: StudyMessage): number {
  return order(a.at, b.at) || order(a.id, b.id)
}

interface OpenSitting {
  readonly begun: MessageOf<'begun'>
  readonly labels: MessageOf<'label'>[]
  finished: MessageOf<'finished'> | undefined
  withdrawn: boolean
}

/** Assembles sittings from messages; a message that does not fit its sitting is refused. */
export class SittingReader {
  readonly #study: PreparedStudy
  readonly #digest: string
  readonly #refuse: (reason: string) => void
  readonly #schedules: Schedules
  readonly #open = new Map<string, OpenSitting>()
  /** Ids of sittings whose beginning was refused. */
  readonly #shut = new Set<string>()

  constructor(study: PreparedStudy, digest: string, refuse: (reason: string) => void) {
    this.#study = study
    this.#digest = digest
    this.#refuse = refuse
    this.#schedules = new Schedules(study)
  }

  /** Opens the sittings that have begun. */
  begin(messages: readonly MessageOf<'begun'>[]): void {
    const found = new Map<string, MessageOf<'begun'>>()
    for (const message of messages) {
      const problem = problemOfBeginning(this.#study, this.#digest, message)
      const known = found.get(message.sitting)
      if (problem !== undefined) this.#shutOut(message, problem)
      // A sitting id can only be copied from a message that arrived earlier.
      else if (known && known.labeller !== message.labeller) this.#refuse(OF_ANOTHER)
      else if (!known || byTime(message, known) < 0) found.set(message.sitting, message)
    }
    for (const own of byLabeller([...found.values()]).values()) this.#openAll(own)
  }

  /** Opens the sittings of one labeller. The earliest decides on the place in the design. */
  #openAll(begun: readonly MessageOf<'begun'>[]): void {
    let count = 0
    for (const message of begun) {
      if (message.slot !== begun[0]?.slot) this.#shutOut(message, WITH_ANOTHER_PLACE)
      else if (count === MOST_SITTINGS) this.#shutOut(message, BEYOND_THE_LAST)
      else {
        count++
        const open = { begun: message, labels: [], finished: undefined, withdrawn: false }
        this.#open.set(message.sitting, open)
      }
    }
  }

  #shutOut({ sitting }: MessageOf<'begun'>, reason: string): void {
    this.#refuse(reason)
    this.#shut.add(sitting)
  }

  /** Adds what was sent after the beginnings. */
  add(messages: readonly LaterMessage[]): void {
    for (const message of messages) {
      const open = this.#open.get(message.sitting)
      if (!open) this.#refuse(this.#shut.has(message.sitting) ? OF_REFUSED : WITHOUT_BEGINNING)
      else if (open.begun.labeller !== message.labeller) this.#refuse(OF_ANOTHER)
      else if (message.kind === 'withdrawn') open.withdrawn = true
      else if (message.kind === 'label') open.labels.push(message)
      else if (!open.finished || byTime(message, open.finished) < 0) open.finished = message
    }
  }

  /** Returns the sittings; several of one labeller get letters in the order in which they began. */
  all(): SittingLog[] {
    const open = new Map([...this.#open.values()].map((each) => [each.begun, each]))
    return [...byLabeller([...open.keys()]).values()].flatMap((own) =>
      own.flatMap((begun, place) => {
        const found = open.get(begun)
        if (!found) return []
        const { sitting: id, labeller, slot } = begun
        const name = `${labeller}${own.length > 1 ? letterOf(place) : ''}`
        const { labels, finished, withdrawn } = found
        const shown = this.#schedules.keysOf(slot)
        const log = acceptedLabels(this.#study, { begun, shown }, labels, this.#refuse)
        return [{ id, labeller, slot, name, begun, log, finished, withdrawn }]
      }),
    )
  }
}

const OF_ANOTHER = 'of another labeller than its session'
const WITH_ANOTHER_PLACE = 'with another place than the first session of the invitation'
const BEYOND_THE_LAST = `of more than ${MOST_SITTINGS} sessions of one invitation`
const OF_REFUSED = 'of a session that was refused'
const WITHOUT_BEGINNING = 'of a session whose beginning is missing'

/** Returns beginnings by labeller, each labeller's by time, in the order of the labellers' numbers. */
function byLabeller(
  begun: readonly MessageOf<'begun'>[],
): Map<number, readonly MessageOf<'begun'>[]> {
  return grouped(
    begun.toSorted((a, b) => a.labeller - b.labeller || byTime(a, b)),
    ({ labeller }) => labeller,
  )
}

function letterOf(place: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + place)
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
