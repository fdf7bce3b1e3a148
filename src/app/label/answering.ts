/** Labels out of answers. */
import {
  type Clip,
  correct,
  currentLabels,
  LABEL_VERSION,
  type Label,
  type Session,
} from '../../alignment/labels/index.ts'
import { WORLD_VERSION } from '../../island/index.ts'
import { newId } from '../../storage/index.ts'
import { APP_VERSION } from './session.ts'
import type { PairOnDesk } from './store.ts'
import { type Answer, verdictOf } from './words.ts'

/** How an answer came about. */
export interface Circumstances {
  /** Milliseconds from the pair's first frame. */
  readonly responseMs: number
  readonly replays: number
}

/** The entry for an answer to the pair on the desk: a new one, or one that corrects an earlier. */
export function labelOf(
  { pair, revisits }: PairOnDesk,
  session: Session,
  answer: Answer,
  circumstances: Circumstances,
): Label {
  const made = { ...circumstances, id: newId(), createdAt: new Date().toISOString() }
  if (revisits) return correct(revisits, { ...made, verdict: verdictOf(answer, revisits.left) })
  const { first, second, left, kind, rule, known } = pair
  return {
    version: LABEL_VERSION,
    session: session.id,
    ...{ first, second, left, kind, rule },
    ...(known === undefined ? {} : { known }),
    verdict: verdictOf(answer, left),
    question: session.question,
    labeller: session.labeller,
    ...made,
    worldVersion: WORLD_VERSION,
    appVersion: APP_VERSION,
  }
}

/** First and second, whichever was shown where. */
export function clipsOf({ pair, reels }: PairOnDesk): [Clip, Clip] {
  const [left, right] = [reels[0].clip, reels[1].clip]
  return pair.left === 'first' ? [left, right] : [right, left]
}

/** The how-manieth pair of its session a label answered. */
export function numberOf(log: readonly Label[], label: Label): number {
  const session = currentLabels(log).filter((other) => other.session === label.session)
  return session.findIndex(({ id }) => id === label.id) + 1
}
