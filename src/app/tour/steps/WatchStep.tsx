import { Button } from '@mantine/core'
import { HOME_OUTCOMES } from '../../../island/index.ts'
import { endingName } from '../../sentences.ts'
import kit from '../../ui/kit.module.css'
import { StepBody } from '../StepBody.tsx'
import classes from '../Tour.module.css'
import { choose, goTo, type TourState } from '../tour-state.ts'

/** Shows the agent's current behaviour, and asks for the preferred jumppad. */
export function WatchStep({ tour: { wanted } }: { readonly tour: TourState }) {
  const news = 'Step 1 of 4. Watch where the agent goes, and choose the jumppad it should go to.'
  return (
    <StepBody
      news={wanted ? `The ${wanted} jumppad. Continue when you are ready.` : news}
      ways={
        <Button size="sm" disabled={wanted === undefined} onClick={() => goTo('label')}>
          Next: label
        </Button>
      }
    >
      <p className={classes.sentence}>
        This agent has learned to run to a jumppad – to any of the three. Watch it for a moment.
      </p>
      <fieldset className={`${kit.row} ${classes.choice}`}>
        <legend className={classes.asked}>Which one should it go to?</legend>
        {HOME_OUTCOMES.map((each) => (
          <Button
            key={each}
            size="compact-md"
            variant={each === wanted ? 'filled' : 'default'}
            aria-pressed={each === wanted}
            onClick={() => choose(each)}
          >
            {endingName(each)}
          </Button>
        ))}
      </fieldset>
    </StepBody>
  )
}
