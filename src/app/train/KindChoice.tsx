import { Text, VisuallyHidden } from '@mantine/core'
import { METHODS, TRAINING_KINDS, type TrainingKind } from '../../procedure/training/index.ts'
import kit from '../ui/kit.module.css'
import { changeDraft, useDraft } from './draft.ts'
import classes from './KindChoice.module.css'

/** Radio cards that select the kind of training. */
export function KindChoice() {
  const { job } = useDraft()
  return (
    <fieldset className={classes.kinds}>
      <VisuallyHidden component="legend">Kind of training</VisuallyHidden>
      {TRAINING_KINDS.map((each) => (
        <label
          key={each}
          className={`${kit.surface} ${classes.kind}`}
          data-whole={isWhole(each) || undefined}
        >
          <input
            className={classes.input}
            type="radio"
            name="job"
            checked={each === job}
            onChange={() => changeDraft({ job: each })}
          />
          <span className={kit.label}>{METHODS[each].title}</span>
          <Text
            span
            className={kit.small ?? ''}
            // Phones only have room for the description of the selected kind.
            {...(each === job ? {} : { visibleFrom: 'sm' })}
          >
            {METHODS[each].about}
          </Text>
        </label>
      ))}
    </fieldset>
  )
}

/** Returns whether a kind leads from labels to a policy; the others are single steps. */
function isWhole(kind: TrainingKind): boolean {
  const { material, family } = METHODS[kind]
  return material === 'labels' && family !== undefined
}
