import { changeDraft, JOBS, useDraft } from './draft.ts'
import classes from './KindChoice.module.css'
import { JOB_WORDS } from './words.ts'

/** What kind of training it is to be. */
export function KindChoice() {
  const { job } = useDraft()
  return (
    <fieldset className={classes.kinds}>
      <legend className={classes.legend}>Kind of training</legend>
      {JOBS.map((each) => (
        <label key={each} className={classes.kind}>
          <input
            type="radio"
            name="job"
            className={classes.input}
            checked={each === job}
            onChange={() => changeDraft({ job: each })}
          />
          <span className={classes.title}>{JOB_WORDS[each].title}</span>
          <span className={classes.about}>{JOB_WORDS[each].about}</span>
        </label>
      ))}
    </fieldset>
  )
}
