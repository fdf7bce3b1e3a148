import { Button, Group, Progress, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { countOf } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { type Answers, useAnswers } from '../answers.ts'
import { StepBody } from '../StepBody.tsx'
import classes from '../Tour.module.css'
import { goTo, PAIRS, type TourState } from '../tour-state.ts'

/** Asks for ten labels that prefer a side, given on the Label page. */
export function LabelStep({ tour }: { readonly tour: TourState }) {
  const answers = useAnswers(tour.session)
  const count = answers.preferring ?? 0
  const enough = count >= PAIRS
  const body = useFocusWhenEnough(enough)
  return (
    <StepBody
      news={
        enough
          ? 'Ten of ten. Continue when you are ready.'
          : 'Step 2 of 4. Label ten pairs of clips.'
      }
      ways={
        <>
          <Button size="sm" variant="default" onClick={() => goTo('watch')}>
            Back
          </Button>
          <Button size="sm" disabled={!enough} onClick={() => goTo('align')}>
            Next: align
          </Button>
        </>
      }
    >
      <p className={classes.sentence} tabIndex={-1} ref={body}>
        {sentence(answers, tour)}
      </p>
      <Group gap={10} wrap="nowrap">
        <Progress w={140} value={(100 * Math.min(count, PAIRS)) / PAIRS} aria-label="Tour labels" />
        <Text component="span" fw={650} inherit className={kit.nowrap}>
          {Math.min(count, PAIRS)} of {PAIRS}
        </Text>
      </Group>
    </StepBody>
  )
}

function sentence({ preferring = 0, others, problem }: Answers, { wanted }: TourState): string {
  if (problem !== undefined) return `Your answers cannot be counted: ${problem}`
  if (preferring >= PAIRS) return 'That is enough for a first reward model. Continue with training.'
  if (others > 0) {
    return `${countOf(others, 'answer prefers', 'answers prefer')} no side, which teaches the reward model nothing. Press ← or → until you have ten.`
  }
  return `Two clips of that agent. Which goes more directly to the ${wanted ?? 'chosen'} jumppad? Press ← or →, or use the buttons.`
}

/** Moves the focus into the panel after the last pair, so that its buttons are the next tab stops. */
function useFocusWhenEnough(enough: boolean) {
  const body = useRef<HTMLParagraphElement>(null)
  const before = useRef<boolean>(undefined)
  useEffect(() => {
    const reached = enough && before.current === false
    before.current = enough
    const { activeElement } = document
    const free = activeElement === document.body || activeElement?.matches('section[tabindex]')
    if (reached && free) body.current?.focus({ preventScroll: true })
  }, [enough])
  return body
}
