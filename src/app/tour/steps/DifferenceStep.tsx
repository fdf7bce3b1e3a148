import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { fartherMap, HOME_OUTCOMES, type Outcome } from '../../../island/index.ts'
import { shelfName } from '../../data/catalogue.ts'
import { PAGES } from '../../pages.ts'
import { addressOfMap } from '../../stores/island-choice.ts'
import { useTraining } from '../../stores/training.ts'
import { trainingQueue } from '../../training/queue.ts'
import kit from '../../ui/kit.module.css'
import { StepBody } from '../StepBody.tsx'
import classes from '../Tour.module.css'
import { compareWith, finish, goTo, START, type TourState } from '../tour-state.ts'
import { waitingSentence } from '../words.ts'

/** Compares the agents before and after from one start, and links to other pages. */
export function DifferenceStep({ tour }: { readonly tour: TourState }) {
  const own = useOwnAgent(tour)
  const isOwn = tour.rival === own
  return (
    <StepBody
      news="Step 4 of 4. Two agents from the same start: before and after."
      ways={
        <>
          <Button size="sm" variant="default" onClick={() => goTo('align')}>
            Back
          </Button>
          {own && !isOwn ? (
            <Button size="sm" variant="default" onClick={() => compareWith(own)}>
              Watch yours
            </Button>
          ) : null}
          <Further tour={tour} />
          <Button size="sm" onClick={finish}>
            Finish
          </Button>
        </>
      }
    >
      <p className={classes.sentence}>{isOwn ? OWN_SENTENCE : shippedSentence(tour)}</p>
      <p className={kit.sentence}>{isOwn ? FEW_SENTENCE : <Waiting tour={tour} />}</p>
    </StepBody>
  )
}

const OWN_SENTENCE =
  'The original agent, and beside it the one that learned what you prefer: same start, same eyes.'

const FEW_SENTENCE =
  'A few minutes of training is short, and a synthetic judge answered most pairs for you. With about fifty answers of your own that prefer a clip, no judge is needed.'

function shippedSentence({ wanted }: TourState): string {
  return `The original agent, and beside it one that was aligned in advance towards the ${wanted ?? 'left'} jumppad, on 1,000 comparisons, not on your ten.`
}

/** Renders the state of the visitor's own agent. */
function Waiting({ tour: { run: id } }: { readonly tour: TourState }) {
  // Undefined until the runs have been read.
  return useTraining(({ runs }) => runs && waitingSentence(runs.find((run) => run.id === id)))
}

/** Returns the trained policy's name in the address, or undefined if the tour's run has none yet. */
function useOwnAgent({ run }: TourState): string | undefined {
  useEffect(() => {
    // The step before says what is wrong if this fails.
    if (run !== undefined) trainingQueue().catch(() => undefined)
  }, [run])
  const digest = useTraining(({ runs }) => runs?.find(({ id }) => id === run)?.result?.policy)
  return digest && shelfName(digest)
}

/** Returns the island on which the preferred jumppad alone is farther out, as in an address. */
function movedIsland(wanted: Outcome = 'left'): string {
  const moved = HOME_OUTCOMES.find((name) => name === wanted) ?? 'left'
  return addressOfMap(fartherMap(moved), `The ${moved} jumppad farther out`)
}

/** Renders links to other pages; each of them ends the tour. */
function Further({ tour: { rival, wanted } }: { readonly tour: TourState }) {
  const both = rival ? `${START},${rival}` : START
  const judge = wanted ? `&reward=reward-${wanted}` : ''
  const ways = [
    { page: 'label', address: '#/label', words: 'Label more' },
    { page: 'evaluate', address: `#/evaluate?model=${both}${judge}`, words: 'Evaluate both' },
    {
      page: 'watch',
      address: `#/watch?${new URLSearchParams({ model: both, island: movedIsland(wanted) })}`,
      words: 'Move the jumppad',
    },
    { page: 'few-labels', address: '#/few-labels', words: 'What ten labels can teach' },
    { page: 'overview', address: '#/overview', words: 'Overview' },
  ]
  return ways
    .filter(({ page }) => PAGES.some(({ name }) => name === page))
    .map(({ address, words }) => (
      <Button
        key={address}
        component="a"
        href={address}
        size="sm"
        variant="default"
        onClick={finish}
      >
        {words}
      </Button>
    ))
}
