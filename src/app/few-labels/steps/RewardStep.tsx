import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import type { Outcome } from '../../../island/index.ts'
import { countOf, percent } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import classes from '../FewLabels.module.css'
import { GUESSES, guess, useKept } from '../place.ts'
import { RewardTable } from '../RewardTable.tsx'
import { fittingGuess, GUESS_WORDS, rivalOf } from '../words.ts'
import type { StepProps } from './step-props.ts'

/** Asks how good the reward model is before it shows it. */
export function RewardStep({ data, run }: StepProps) {
  const guessed = useKept((state) => state.guess)
  const [asked, setAsked] = useState(false)
  const { prefer, test } = data
  const { labels, answers, reward } = run
  const rival = rivalOf(run, prefer)
  const shown = asked || guessed !== undefined || rival === undefined
  const answer = useFocusWhen(shown)
  return (
    <>
      <p className={classes.words}>
        A reward model learned from these {labels} pairs and {countOf(answers.ties, 'tie')}, in{' '}
        {countOf(reward.updates, 'update')}, to give the preferred clip the higher score. It saw
        frames only: nobody told it what a jumppad is, or which one matters. Then it scored{' '}
        {countOf(test.clips, 'clip')} that it had never seen.
      </p>
      {rival === undefined ? null : <Question prefer={prefer} rival={rival} />}
      {shown ? (
        <div className={kit.stack} tabIndex={-1} ref={answer}>
          {rival === undefined ? null : <Answer prefer={prefer} rival={rival} run={run} />}
          <RewardTable run={run} prefer={prefer} />
          <p className={kit.small}>
            Over all pairs that the judge decides, the model agrees with the judge in{' '}
            {percent(reward.test.accuracy)} % of {countOf(reward.test.comparisons, 'fresh pair')},
            where chance is 50 %. Rewards are scaled to mean 0 and standard deviation 1 on the
            labelled clips.
          </p>
        </div>
      ) : (
        <Button variant="default" onClick={() => setAsked(true)} className={classes.skip ?? ''}>
          Show me without guessing
        </Button>
      )}
    </>
  )
}

interface Rivals {
  readonly prefer: Outcome
  readonly rival: Outcome
}

function Question({ prefer, rival }: Rivals) {
  const guessed = useKept((state) => state.guess)
  return (
    <fieldset className={kit.stack} data-tight>
      <legend className={classes.words}>
        <strong>Your guess:</strong> of a clip that reached the {prefer} jumppad and one that
        reached the {rival} one, how often does it give the {prefer} clip the higher score?
      </legend>
      <div className={kit.row}>
        {GUESSES.map((each) => (
          <Button
            key={each}
            size="sm"
            variant={each === guessed ? 'filled' : 'default'}
            aria-pressed={each === guessed}
            onClick={() => guess(each)}
          >
            {GUESS_WORDS[each]}
          </Button>
        ))}
      </div>
    </fieldset>
  )
}

function Answer({ prefer, rival, run }: Rivals & Pick<StepProps, 'run'>) {
  const guessed = useKept((state) => state.guess)
  const found = run.reward.against[rival]
  if (found === undefined) return null
  const { accuracy, comparisons } = found
  const said =
    guessed === undefined
      ? ''
      : fittingGuess(accuracy) === guessed
        ? 'As you guessed: in '
        : 'Not as you guessed: in '
  return (
    <p className={classes.words}>
      {said === '' ? 'In ' : said}
      <strong>{percent(accuracy)} %</strong> of {countOf(comparisons, 'such pair')}.{' '}
      {run.answers.against[rival]} of the {run.labels} labels compared the {prefer} jumppad with the{' '}
      {rival} one.
    </p>
  )
}

/** Returns a ref for the answer, which receives the focus when it appears, but not when the page opens with it. */
function useFocusWhen(shown: boolean) {
  const answer = useRef<HTMLDivElement>(null)
  const before = useRef(shown)
  useEffect(() => {
    if (shown && !before.current) answer.current?.focus({ preventScroll: true })
    before.current = shown
  }, [shown])
  return answer
}
