/** Feedback on the answers to practice pairs, in words. */
import type { Clip, LabelVerdict, Position } from '../../../alignment/labels/index.ts'
import type { Ending } from '../../../island/index.ts'
import type { PracticePair, PreparedStudy } from '../../../study/index.ts'
import { countOf } from '../../ui/format.ts'
import type { Feedback } from './store.ts'

/** Returns whether a verdict on a practice pair is right, and why. */
export function feedbackOn(
  verdict: LabelVerdict,
  { answer, because, left }: PracticePair & { readonly left: Position },
  [first, second]: readonly [Clip, Clip],
): Feedback {
  const right = verdict === answer
  const [onLeft, onRight] = left === 'first' ? [first, second] : [second, first]
  const better =
    answer === 'tie' ? 'both clips are equally good' : `the ${side(answer, left)} clip is better`
  const why =
    because ?? `The left clip ${reaches(onLeft.ending)}; the right clip ${reaches(onRight.ending)}.`
  return { right, sentence: `${right ? 'Correct' : 'Not quite'}: ${better}. ${why}` }
}

function side(position: Position, left: Position): 'left' | 'right' {
  return position === left ? 'left' : 'right'
}

function reaches(ending: Ending): string {
  return ending === 'none' ? 'reaches no jumppad' : `reaches the ${ending} jumppad`
}

type Practice = PreparedStudy['practice']

/** Returns the number of correct answers with which a round of practice is passed. */
export function neededRight({ pairs, least }: Practice): number {
  const counts = Array.from({ length: pairs + 1 }, (_, count) => count)
  return counts.find((count) => count >= pairs * least - 1e-9) ?? pairs
}

/** Returns the sentence for a round of practice with too few correct answers. */
export function repeatedSentence(right: number, practice: Practice): string {
  return `You answered ${right} of ${countOf(practice.pairs, 'practice pair')} correctly, and ${neededRight(practice)} are needed: please try them once more.`
}
