import { Button, Kbd, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { PairOverview } from '../../../study/index.ts'
import kit from '../../ui/kit.module.css'
import { TYPED_INTO } from '../../ui/shortcuts.ts'
import { DECISION_KEYS, type DecisionVerdict, decisionWords } from './answer-words.ts'
import classes from './Disputes.module.css'

interface DecideProps {
  readonly pair: PairOverview
  /** Decides the pair; undefined takes the decision back. */
  onDecide(verdict: DecisionVerdict | undefined, note: string): void
}

/** Buttons and keys that decide a pair, with a note. */
export function Decide({ pair, onDecide }: DecideProps) {
  const { decision } = pair
  const [note, setNote] = useState(decision?.note ?? '')
  const decide = (verdict: DecisionVerdict | undefined) => onDecide(verdict, note.trim())
  useDecisionKeys(decide)
  return (
    <div className={kit.stack} data-tight>
      <fieldset className={classes.decide} aria-label="Your decision">
        {DECISION_KEYS.map(({ verdict, key, shown, words }) => (
          <Button
            key={verdict}
            variant={decision?.verdict === verdict ? 'filled' : 'default'}
            aria-keyshortcuts={key}
            aria-pressed={decision?.verdict === verdict}
            leftSection={
              <Kbd className={kit.keys ?? ''} aria-hidden="true">
                {shown}
              </Kbd>
            }
            onClick={() => decide(verdict)}
          >
            {words}
          </Button>
        ))}
      </fieldset>
      <TextInput
        size="xs"
        aria-label="Note on the decision"
        placeholder="Note on the decision, kept with it"
        maxLength={1000}
        value={note}
        onChange={({ currentTarget }) => setNote(currentTarget.value)}
      />
      {decision?.verdict ? (
        <div className={kit.row}>
          <p className={kit.sentence}>You decided: {decisionWords(decision.verdict)}.</p>
          <Button size="compact-sm" variant="default" onClick={() => decide(undefined)}>
            Take back
          </Button>
        </div>
      ) : null}
    </div>
  )
}

/** Decides by arrow keys, except where an element uses them itself. */
function useDecisionKeys(decide: (verdict: DecisionVerdict) => void): void {
  const latest = useRef(decide)
  useEffect(() => {
    latest.current = decide
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, ctrlKey, altKey, metaKey, repeat, target, defaultPrevented } = event
      if (ctrlKey || altKey || metaKey || repeat || defaultPrevented) return
      if (target instanceof Element && target.matches(`input, ${TYPED_INTO}`)) return
      const chosen = DECISION_KEYS.find((each) => each.key === key)
      if (!chosen) return
      event.preventDefault()
      latest.current(chosen.verdict)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}
