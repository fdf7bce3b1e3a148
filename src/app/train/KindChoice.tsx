import { Text, VisuallyHidden } from '@mantine/core'
import kit from '../ui/kit.module.css'
import { changeDraft, JOBS, useDraft } from './draft.ts'
import classes from './KindChoice.module.css'
import { JOB_WORDS } from './words.ts'

/** What kind of training it is to be. */
export function KindChoice() {
  const { job } = useDraft()
  return (
    <fieldset className={classes.kinds}>
      <VisuallyHidden component="legend">Kind of training</VisuallyHidden>
      {JOBS.map((each) => (
        <label key={each} className={`${kit.surface} ${classes.kind}`}>
          <input
            className={classes.input}
            type="radio"
            name="job"
            checked={each === job}
            onChange={() => changeDraft({ job: each })}
          />
          <span className={kit.label}>{JOB_WORDS[each].title}</span>
          <Text
            span
            className={kit.small ?? ''}
            // On a telephone there is room for the chosen one's words.
            {...(each === job ? {} : { visibleFrom: 'sm' })}
          >
            {JOB_WORDS[each].about}
          </Text>
        </label>
      ))}
    </fieldset>
  )
}
