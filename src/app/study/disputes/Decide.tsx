import { Button, Kbd, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Clip } from '../../../alignment/labels/index.ts'
import type { PairOverview } from '../../../study/index.ts'
import { PairPlayer } from '../../replay/PairPlayer.tsx'
import kit from '../../ui/kit.module.css'
import { DECISION_KEYS, type DecisionVerdict, decisionWords } from './answer-words.ts'
import classes from './Disputes.module.css'
import { useDecisionKeys } from './use-decision-keys.ts'

interface DecideProps {
  readonly pair: PairOverview
  readonly question: string
  readonly first: Clip
  readonly second: Clip
  /** Decides the pair; undefined undoes the decision. */
  onDecide(verdict: DecisionVerdict | undefined, note: string): void
}

/** Clips of a pair, with buttons and keys that decide it and a note. */
export function Decide({ pair, question, first, second, onDecide }: DecideProps) {
  const { number } = pair
  // A note belongs to the pair for which it was typed.
  const [typed, setTyped] = useState<{ readonly number: number; readonly note: string }>()
  const saved = pair.decision?.note ?? ''
  const note = typed?.number === number ? typed.note : saved
  const decide = (verdict: DecisionVerdict | undefined) => onDecide(verdict, note.trim())
  const { block, settling, onKeyDown } = useDecisionKeys(number, decide)
  const decideByButton = (verdict: DecisionVerdict | undefined) => {
    block.current?.focus({ preventScroll: true })
    decide(verdict)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would hold the heading of the pair
    <div
      ref={block}
      className={`${kit.stack} ${classes.block}`}
      role="group"
      aria-label={`Decision on pair ${number}`}
      aria-busy={settling}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <div className={kit.head}>
        <h2 className={kit.cardTitle}>Pair {number}</h2>
        <span className={kit.faint}>{question}</span>
      </div>
      <PairPlayer key={number} first={first} second={second} />
      <Verdicts chosen={pair.decision?.verdict} onDecide={decideByButton} />
      <TextInput
        size="xs"
        label="Note on the decision"
        maxLength={1000}
        value={note}
        onChange={({ currentTarget }) => setTyped({ number, note: currentTarget.value })}
      />
      {pair.decision?.verdict ? (
        <div className={kit.row}>
          <p className={kit.sentence}>You decided: {decisionWords(pair.decision.verdict)}.</p>
          {note.trim() === saved ? null : (
            <Button size="compact-sm" onClick={() => decideByButton(pair.decision?.verdict)}>
              Save note
            </Button>
          )}
          <Button size="compact-sm" variant="default" onClick={() => decideByButton(undefined)}>
            Take back
          </Button>
        </div>
      ) : null}
    </div>
  )
}

interface VerdictsProps {
  readonly chosen: DecisionVerdict | undefined
  onDecide(verdict: DecisionVerdict): void
}

function Verdicts({ chosen, onDecide }: VerdictsProps) {
  return (
    <fieldset className={classes.decide} aria-label="Your decision">
      {DECISION_KEYS.map(({ verdict, key, shown, words }) => (
        <Button
          key={verdict}
          className={classes.verdict ?? ''}
          data-verdict={verdict}
          variant={chosen === verdict ? 'filled' : 'default'}
          aria-keyshortcuts={key}
          aria-pressed={chosen === verdict}
          leftSection={
            <Kbd className={kit.keys ?? ''} aria-hidden="true">
              {shown}
            </Kbd>
          }
          onClick={() => onDecide(verdict)}
        >
          {words}
        </Button>
      ))}
    </fieldset>
  )
}
