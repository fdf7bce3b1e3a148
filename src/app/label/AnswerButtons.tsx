import { Kbd } from '@mantine/core'
import kit from '../ui/kit.module.css'
import classes from './AnswerButtons.module.css'
import { ANSWER_CHOICES, answerOf } from './answers.ts'
import type { DeskControls } from './desk-controls.ts'
import { keepFocus } from './PlaybackBar.tsx'
import { useDesk } from './store.ts'

/** Renders the answers of the session's scale. They are never `disabled`, so that none can lose the focus. */
export function AnswerButtons({ desk }: { readonly desk: DeskControls | undefined }) {
  const revisits = useDesk((state) => state.onDesk?.revisits)
  const ready = useDesk((state) => state.begun && state.onDesk !== undefined)
  // The last answer lights up for a moment, whether it was given by key or by button.
  const last = useDesk((state) => state.answered)
  const scale = useDesk((state) => state.scale)
  const given = revisits && answerOf(revisits)
  return (
    <fieldset className={classes.answers} data-scale={scale} aria-labelledby="label-question">
      {ANSWER_CHOICES[scale].map(({ answer, name, key, shift, keys, hint }) => (
        <button
          key={answer}
          type="button"
          className={`${kit.surface} ${classes.answer}`}
          data-answer={answer}
          data-given={given === answer || undefined}
          aria-disabled={!ready || undefined}
          aria-keyshortcuts={shift ? `Shift+${key}` : key}
          aria-description={hint}
          onMouseDown={keepFocus}
          onClick={({ timeStamp }) => desk?.answer(answer, timeStamp)}
        >
          {last && answerOf(last) === answer ? (
            <span key={last.id} className={classes.flash} aria-hidden="true" />
          ) : null}
          <Kbd className={kit.keys ?? ''} fz="0.95rem" aria-hidden="true">
            {keys.replace('Shift ', '⇧')}
          </Kbd>
          <span>{name}</span>
        </button>
      ))}
    </fieldset>
  )
}
