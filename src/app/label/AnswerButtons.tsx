import { Kbd } from '@mantine/core'
import kit from '../ui/kit.module.css'
import classes from './AnswerButtons.module.css'
import type { Desk } from './desk.ts'
import { keepFocus } from './PlaybackBar.tsx'
import { useDesk } from './store.ts'
import { ANSWER_HINTS, ANSWER_NAMES, type Answer, answerOf } from './words.ts'

const ANSWERS: readonly { readonly answer: Answer; readonly key: string; readonly name: string }[] =
  [
    { answer: 'left', key: '←', name: 'ArrowLeft' },
    { answer: 'tie', key: '↑', name: 'ArrowUp' },
    { answer: 'cannot tell', key: '↓', name: 'ArrowDown' },
    { answer: 'right', key: '→', name: 'ArrowRight' },
  ]

function hintOf(answer: Answer): string | undefined {
  return answer === 'tie' || answer === 'cannot tell' ? ANSWER_HINTS[answer] : undefined
}

/** Renders the four answers. They are never `disabled`, so that none can lose the focus. */
export function AnswerButtons({ desk }: { readonly desk: Desk | undefined }) {
  const revisits = useDesk((state) => state.onDesk?.revisits)
  const ready = useDesk((state) => state.begun && state.onDesk !== undefined)
  // The last answer lights up for a moment, whether it was given by key or by button.
  const last = useDesk((state) => state.answered)
  const given = revisits && answerOf(revisits)
  return (
    <fieldset className={classes.answers} aria-labelledby="label-question">
      {ANSWERS.map(({ answer, key, name }) => (
        <button
          key={answer}
          type="button"
          className={`${kit.surface} ${classes.answer}`}
          data-answer={answer}
          data-given={given === answer || undefined}
          aria-disabled={!ready || undefined}
          aria-keyshortcuts={name}
          aria-description={hintOf(answer)}
          onMouseDown={keepFocus}
          onClick={({ timeStamp }) => desk?.answer(answer, timeStamp)}
        >
          {last && answerOf(last) === answer ? (
            <span key={last.id} className={classes.flash} aria-hidden="true" />
          ) : null}
          <Kbd className={kit.keys ?? ''} fz="0.95rem" aria-hidden="true">
            {key}
          </Kbd>
          <span>{ANSWER_NAMES[answer]}</span>
        </button>
      ))}
    </fieldset>
  )
}
