/** Answers that the desk offers: their names, keys and meaning, for each scale. */
import type { Label, LabelVerdict, Strength } from '../../alignment/labels/index.ts'
import { preferredSide, verdictFor } from '../../alignment/labels/index.ts'
import type { AnswerScale } from '../../study/study.ts'

/** Answer to a pair, by the side on which a clip is shown. */
export type Answer = 'much left' | 'left' | 'tie' | 'cannot tell' | 'right' | 'much right'

export interface AnswerChoice {
  readonly answer: Answer
  readonly name: string
  /** Key that gives the answer, as `KeyboardEvent.key` and with Shift or without; undefined for either. */
  readonly key: string
  readonly shift?: boolean
  /** Display name of the key. */
  readonly keys: string
  /** Meaning, in the list of keys. */
  readonly does: string
  /** Explanation of an answer that prefers no side. */
  readonly hint?: string
}

const CANNOT_TELL: AnswerChoice = {
  ...{ answer: 'cannot tell', name: 'Can’t tell', key: 'ArrowDown', keys: '↓', does: 'Can’t tell' },
  hint: 'you cannot judge this pair; it is left out of training',
}

const TIE_HINT = 'both clips are equally good'

/** Answers of each scale, from left to right. */
export const ANSWER_CHOICES: Readonly<Record<AnswerScale, readonly AnswerChoice[]>> = {
  'two-way': [
    { answer: 'left', name: 'Left', key: 'ArrowLeft', keys: '←', does: 'Prefer the left clip' },
    {
      ...{ answer: 'tie', name: 'Tie', key: 'ArrowUp', keys: '↑', hint: TIE_HINT },
      does: 'Tie: neither is better',
    },
    CANNOT_TELL,
    { answer: 'right', name: 'Right', key: 'ArrowRight', keys: '→', does: 'Prefer the right clip' },
  ],
  graded: [
    {
      ...{ answer: 'much left', name: 'Left much better', key: 'ArrowLeft', shift: true },
      ...{ keys: 'Shift ←', does: 'The left clip is much better' },
    },
    {
      ...{ answer: 'left', name: 'Left better', key: 'ArrowLeft', shift: false, keys: '←' },
      does: 'The left clip is better',
    },
    {
      ...{ answer: 'tie', name: 'Equal', key: 'ArrowUp', keys: '↑', hint: TIE_HINT },
      does: 'Equal: neither is better',
    },
    CANNOT_TELL,
    {
      ...{ answer: 'right', name: 'Right better', key: 'ArrowRight', shift: false, keys: '→' },
      does: 'The right clip is better',
    },
    {
      ...{ answer: 'much right', name: 'Right much better', key: 'ArrowRight', shift: true },
      ...{ keys: 'Shift →', does: 'The right clip is much better' },
    },
  ],
}

export function answerName(answer: Answer, scale: AnswerScale): string {
  return ANSWER_CHOICES[scale].find((choice) => choice.answer === answer)?.name ?? answer
}

/** Returns the answer behind a label, by the sides as they were shown. */
export function answerOf(label: Pick<Label, 'verdict' | 'left' | 'strength'>): Answer {
  const side = preferredSide(label)
  if (side !== undefined) return label.strength === 'much' ? `much ${side}` : side
  return label.verdict === 'tie' ? 'tie' : 'cannot tell'
}

/** Verdict of an answer, and its strength on the graded scale. */
export interface Judgement {
  readonly verdict: LabelVerdict
  readonly strength?: Strength
}

export function judgementOf(answer: Answer, left: Label['left'], scale: AnswerScale): Judgement {
  if (answer === 'tie' || answer === 'cannot tell') return { verdict: answer }
  const side = answer === 'left' || answer === 'much left' ? 'left' : 'right'
  const verdict = verdictFor(side, left)
  if (scale === 'two-way') return { verdict }
  return { verdict, strength: answer === side ? 'slight' : 'much' }
}
