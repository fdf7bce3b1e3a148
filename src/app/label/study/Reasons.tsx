import { Kbd } from '@mantine/core'
import { usePreferences } from '../../stores/preferences.ts'
import kit from '../../ui/kit.module.css'
import { keepFocus } from '../PlaybackBar.tsx'
import { toggleReason, useDesk } from '../store.ts'
import classes from './Participation.module.css'

/** Renders the reasons that may be ticked for an answer, before it is given. */
export function Reasons() {
  const reasons = useDesk((state) => state.reasons)
  const ticked = useDesk((state) => state.ticked)
  const digits = usePreferences((preferences) => preferences.letterShortcuts)
  if (reasons.length === 0) return null
  return (
    <fieldset className={classes.reasons}>
      <legend>Reasons (optional)</legend>
      {reasons.map((reason, place) => (
        // A checkbox input would take the arrow keys, which give answers here.
        // biome-ignore lint/a11y/useSemanticElements: see above
        <button
          key={reason}
          type="button"
          role="checkbox"
          className={classes.reason}
          aria-checked={ticked.includes(reason)}
          aria-keyshortcuts={digits && place < 9 ? String(place + 1) : undefined}
          onMouseDown={keepFocus}
          onClick={() => toggleReason(reason)}
        >
          <span className={classes.box} aria-hidden="true">
            {ticked.includes(reason) ? '✓' : ''}
          </span>
          {reason}
          {digits && place < 9 ? (
            <Kbd className={kit.keys ?? ''} size="xs" aria-hidden="true">
              {place + 1}
            </Kbd>
          ) : null}
        </button>
      ))}
    </fieldset>
  )
}
