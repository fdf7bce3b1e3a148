/** Names of answers and decisions, by the side on which the researcher sees the clips. */
import type { Label } from '../../../alignment/labels/index.ts'
import type { Decision } from '../../../study/index.ts'

/** Names of verdicts where the first clip is on the left. */
const VERDICTS: Readonly<Record<Label['verdict'], string>> = {
  first: 'Left',
  second: 'Right',
  tie: 'Tie',
  'cannot tell': 'Can’t tell',
}

export function answerWords({ verdict, strength }: Label): string {
  return strength === 'much' ? `${VERDICTS[verdict]}, much better` : VERDICTS[verdict]
}

export type DecisionVerdict = NonNullable<Decision['verdict']>

export interface DecisionKey {
  readonly verdict: DecisionVerdict
  /** Value of `KeyboardEvent.key`. */
  readonly key: string
  /** Name of the key on the button. */
  readonly shown: string
  readonly words: string
}

/** Decisions with their keys, which are those of the labelling desk. */
export const DECISION_KEYS: readonly DecisionKey[] = [
  { verdict: 'first', key: 'ArrowLeft', shown: '←', words: 'Left' },
  { verdict: 'tie', key: 'ArrowUp', shown: '↑', words: 'Tie' },
  { verdict: 'second', key: 'ArrowRight', shown: '→', words: 'Right' },
  { verdict: 'left out', key: 'ArrowDown', shown: '↓', words: 'Leave out' },
]

export function decisionWords(verdict: DecisionVerdict): string {
  return DECISION_KEYS.find((each) => each.verdict === verdict)?.words ?? verdict
}
