import { METHODS, TRAINING_KINDS } from '../../procedure/training/index.ts'
import { changeDraft, useDraft } from './draft.ts'
import classes from './KindChoice.module.css'

/** What kind of training it is to be. */
export function KindChoice() {
  const { job } = useDraft()
  return (
    <fieldset className={classes.kinds}>
      <legend className={classes.legend}>Kind of training</legend>
      {TRAINING_KINDS.map((each) => (
        <label key={each} className={classes.kind}>
          <input
            type="radio"
            name="job"
            className={classes.input}
            checked={each === job}
            onChange={() => changeDraft({ job: each })}
          />
          <span className={classes.title}>{METHODS[each].title}</span>
          <span className={classes.about}>{METHODS[each].about}</span>
        </label>
      ))}
    </fieldset>
  )
}
