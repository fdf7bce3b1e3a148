/** Conversion of scheduled pairs to pairs on the desk, and of answers to labels. */
import {
  type Clip,
  correct,
  currentLabels,
  LABEL_VERSION,
  type Label,
  type ScheduledPair,
  type Session,
} from '../../alignment/labels/index.ts'
import { WORLD_VERSION } from '../../island/index.ts'
import { newId } from '../../storage/index.ts'
import type { AnswerScale } from '../../study/study.ts'
import { reelOf } from '../replay/film.ts'
import { type Answer, judgementOf } from './answers.ts'
import { APP_VERSION } from './session.ts'
import { type PairOnDesk, useDesk } from './store.ts'

/** Part of a pair without an answer that the schedule needs. */
export type PairToShow = Pick<ScheduledPair, 'first' | 'second' | 'left' | 'kind'>

/** Returns a pair with its clips as they are shown; undefined where one of them is missing. */
export function setUp(
  clips: ReadonlyMap<string, Clip>,
  pair: PairOnDesk['pair'],
  number: number,
  revisits?: Label,
): PairOnDesk | undefined {
  const [first, second] = [clips.get(pair.first), clips.get(pair.second)]
  if (!first || !second) return undefined
  const [left, right] = pair.left === 'first' ? [first, second] : [second, first]
  return { pair, number, reels: [reelOf(left), reelOf(right)], revisits }
}

/** Circumstances of an answer, which its label records. */
export interface Circumstances {
  /** Milliseconds from the pair's first frame to the answer, without those in `awayMs`. */
  readonly responseMs: number
  /** Milliseconds in which the labeller was away; absent for none. */
  readonly awayMs?: number
  readonly replays: number
}

/** Answer with what goes with it: the scale it is from, and the reasons ticked. */
export interface GivenAnswer {
  readonly answer: Answer
  readonly scale: AnswerScale
  readonly reasons: readonly string[]
}

/** Returns the label for an answer to the pair on the desk: a new one, or a correction of an earlier. */
export function labelOf(
  { pair, revisits }: PairOnDesk,
  session: Session,
  { answer, scale, reasons }: GivenAnswer,
  circumstances: Circumstances,
): Label {
  const made = {
    ...circumstances,
    ...judgementOf(answer, pair.left, scale),
    ...(reasons.length === 0 ? {} : { reasons: [...reasons] }),
    id: newId(),
    createdAt: new Date().toISOString(),
  }
  if (revisits) return correct(revisits, made)
  const { first, second, left, kind, rule, known } = pair
  return {
    version: LABEL_VERSION,
    session: session.id,
    ...{ first, second, left, kind, rule },
    ...(known === undefined ? {} : { known }),
    question: session.question,
    labeller: session.labeller,
    ...made,
    worldVersion: WORLD_VERSION,
    appVersion: APP_VERSION,
  }
}

/**
 * Returns the label for an answer given at `at`, in milliseconds of `performance.now`; undefined where no
 * pair is on the desk, or it cannot have been seen by then.
 */
export function labelGiven(
  pairs: { circumstances(at: number): Circumstances | undefined },
  answer: Answer,
  at: number,
): Label | undefined {
  const { session, onDesk, scale, ticked } = useDesk.getState()
  const circumstances = pairs.circumstances(at)
  if (!session || !onDesk || !circumstances) return undefined
  const label = labelOf(onDesk, session, { answer, scale, reasons: ticked }, circumstances)
  performance.mark('label: answered', { detail: label.id, startTime: at })
  return label
}

/** Returns the first and the second clip of a pair, whichever side each was shown on. */
export function clipsOf({ pair, reels }: PairOnDesk): [Clip, Clip] {
  const [left, right] = [reels[0].clip, reels[1].clip]
  return pair.left === 'first' ? [left, right] : [right, left]
}

/** Returns the number of the pair that a label answered within its session, 1 for the first. */
export function numberOf(log: readonly Label[], label: Label): number {
  const session = currentLabels(log).filter((other) => other.session === label.session)
  return session.findIndex(({ id }) => id === label.id) + 1
}

/** Returns the number of pairs answered in a session; corrections do not count. */
export function answeredIn({ id }: Session, log: readonly Label[]): number {
  return log.filter(({ session, corrects }) => session === id && !corrects).length
}
