/** Checks of what labellers' browsers send against the study. */
import type { Label } from '../alignment/labels/index.ts'
import { scheduleOf, slotIndex } from './assignment.ts'
import type { MessageOf } from './message.ts'
import type { PreparedStudy } from './study.ts'

/** Returns why the beginning of a sitting does not fit the study; undefined if it does. */
export function problemOfBeginning(
  study: PreparedStudy,
  digest: string,
  message: MessageOf<'begun'>,
): string | undefined {
  if (!isPlaceOf(study, message)) return 'with a place that is not the invitation’s'
  const { session, sitting, labeller, slot } = message
  const of = session.study
  const fits =
    session.id === sitting &&
    of?.id === study.id &&
    of.digest === digest &&
    of.labeller === labeller &&
    of.slot === slot &&
    session.question === study.question &&
    session.worldVersion === study.worldVersion &&
    session.goal === scheduleOf(study, slot).length &&
    study.agents.some((agent) => agent.digest === session.policy.digest)
  return fits ? undefined : 'with a session that does not belong to it'
}

/**
 * Returns whether an invitation with this number can have this place. Numbers within the design have their
 * own; further invitations have theirs, or the one of an earlier labeller.
 */
function isPlaceOf({ design }: PreparedStudy, { labeller, slot }: MessageOf<'begun'>): boolean {
  return labeller <= design.labellers ? slot === labeller : slot <= labeller
}

/** Returns whether a label of a session answers the study's question on its scale, with its reasons. */
export function fitsStudy(study: PreparedStudy, begun: MessageOf<'begun'>, label: Label): boolean {
  return (
    label.question === study.question &&
    label.worldVersion === study.worldVersion &&
    label.labeller === begun.session.labeller &&
    (label.reasons ?? []).every((reason) => study.reasons.includes(reason)) &&
    (label.strength === undefined || study.answers === 'graded')
  )
}

/** Returns a key of a pair as it is shown. It includes the answer of golden pairs, which nobody may set. */
export function shownKey(
  pair: Pick<Label, 'first' | 'second' | 'left' | 'kind' | 'known'>,
): string {
  return [pair.first, pair.second, pair.left, pair.kind, pair.known ?? ''].join(' ')
}

/** Pairs that the labellers in the slots are shown. */
export class Schedules {
  readonly #study: PreparedStudy
  readonly #keys = new Map<number, ReadonlySet<string>>()

  constructor(study: PreparedStudy) {
    this.#study = study
  }

  /** Returns the pairs of a slot, as `shownKey` writes them. */
  keysOf(slot: number): ReadonlySet<string> {
    const index = slotIndex(this.#study, slot)
    const known = this.#keys.get(index)
    if (known) return known
    const keys = new Set(scheduleOf(this.#study, slot).map(shownKey))
    this.#keys.set(index, keys)
    return keys
  }
}
