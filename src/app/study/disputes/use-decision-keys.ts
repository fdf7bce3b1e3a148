import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { TYPED_INTO } from '../../ui/shortcuts.ts'
import { DECISION_KEYS, type DecisionVerdict } from './answer-words.ts'

/** Milliseconds after a change of pair in which keys are ignored, as they were meant for the last pair. */
const SETTLING_MS = 300

interface DecisionBlock {
  /** Block that takes the keys; it gets the focus whenever another pair is shown. */
  readonly block: RefObject<HTMLDivElement | null>
  /** Whether keys are ignored, as the pair has just changed. */
  readonly settling: boolean
  onKeyDown(event: KeyboardEvent): void
}

/** Decides a pair by arrow keys while the focus is in its block, but not in a field of it. */
export function useDecisionKeys(
  pair: number,
  decide: (verdict: DecisionVerdict) => void,
): DecisionBlock {
  const block = useRef<HTMLDivElement>(null)
  const [settled, setSettled] = useState(pair)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another pair takes the focus
  useEffect(() => block.current?.focus({ preventScroll: true }), [pair])
  useEffect(() => {
    const timer = setTimeout(() => setSettled(pair), SETTLING_MS)
    return () => clearTimeout(timer)
  }, [pair])
  const settling = settled !== pair
  const onKeyDown = (event: KeyboardEvent) => {
    const { key, ctrlKey, altKey, metaKey, repeat, target, defaultPrevented } = event
    if (ctrlKey || altKey || metaKey || repeat || defaultPrevented) return
    if (target instanceof Element && target.matches(`input, ${TYPED_INTO}`)) return
    const chosen = DECISION_KEYS.find((each) => each.key === key)
    if (!chosen) return
    event.preventDefault()
    if (!settling) decide(chosen.verdict)
  }
  return { block, settling, onKeyDown }
}
