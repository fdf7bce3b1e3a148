import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { TrainingPart } from '../../../procedure/training/reports.ts'
import type { Run } from '../../../storage/run-record.ts'
import { shelfName } from '../../data/catalogue.ts'
import { capitalised, problemOf } from '../../sentences.ts'
import { useTraining } from '../../stores/training.ts'
import { trainingQueue } from '../../training/queue.ts'
import { isOver, leftWords } from '../../training/words.ts'
import kit from '../../ui/kit.module.css'
import { beginAlignment } from '../alignment.ts'
import { StepBody } from '../StepBody.tsx'
import classes from '../Tour.module.css'
import { compareWith, goTo, type TourState, useTour } from '../tour-state.ts'
import { adviceSentence, isLong } from '../words.ts'

/** Trains on the ten labels, or lets visitors skip to the shipped agent. */
export function AlignStep({ tour }: { readonly tour: TourState }) {
  const { problem, again } = useOwnRun(tour)
  const run = useTraining(({ runs }) => runs?.find(({ id }) => id === tour.run))
  const gone = useTraining(({ runs }) => tour.run !== undefined && runs !== undefined && !run)
  const said = useTraining((state) => sentence(run, gone ? GONE_SENTENCE : problem, state))
  const long = useTraining(({ live }) => live?.id === tour.run && isLong(live))
  const advice = useTraining(({ live }) => adviceSentence(live?.id === tour.run ? live : undefined))
  const own = run?.result?.policy
  const over = run !== undefined && isOver(run.state)
  const lost = gone || problem !== undefined || (over && own === undefined)
  return (
    <StepBody
      news={own ? 'Training is complete.' : 'Step 3 of 4. The agent learns from your labels.'}
      ways={
        <>
          <Button size="sm" variant="default" onClick={() => goTo('label')}>
            Back
          </Button>
          {lost ? (
            <Button size="sm" variant="default" onClick={again}>
              Try again
            </Button>
          ) : null}
          {own ? (
            <Button size="sm" onClick={() => compareWith(shelfName(own))}>
              Next: compare
            </Button>
          ) : (
            <Button
              size="sm"
              variant={long ? 'filled' : 'default'}
              onClick={() => compareWith(`aligned-${tour.wanted ?? 'left'}`)}
            >
              Skip to a trained agent
            </Button>
          )}
        </>
      }
    >
      <p className={classes.sentence}>{said}</p>
      {own || lost ? null : <p className={kit.sentence}>{advice}</p>}
    </StepBody>
  )
}

const GONE_SENTENCE =
  'The training run of this tour is no longer saved. Try again with the same labels.'

const WAITING_SENTENCE =
  'Training cannot start: the page above says why. The tour waits until this is fixed.'

/** Description of each part of the training. */
const PART_SENTENCES: Readonly<Partial<Record<TrainingPart, string>>> = {
  clips: 'Your pairs are replayed frame by frame.',
  reward:
    'A reward model learns to score clips from your ten answers and those of a synthetic judge with the same preference: ten alone are too few.',
  reinforcement:
    'The agent plays, the reward model scores, and actions that scored well become more likely: watch the paths.',
}

/** Starts the tour's run if there is none; returns its problem and a function to try again. */
function useOwnRun({ session, wanted, run }: TourState) {
  const [problem, setProblem] = useState<string>()
  const [tries, setTries] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `tries` reruns the effect.
  useEffect(() => {
    if (run !== undefined) {
      trainingQueue().catch((error: unknown) => setProblem(problemOf(error)))
      return
    }
    if (session === undefined || wanted === undefined) return
    setProblem(undefined)
    beginOnce(session, () => beginAlignment(session, wanted)).then(
      (id) => useTour.setState({ run: id }),
      (error: unknown) => setProblem(problemOf(error)),
    )
  }, [session, wanted, run, tries])
  const again = () => {
    const { run: _, ...others } = useTour.getState()
    useTour.setState(others, true)
    setTries(tries + 1)
  }
  return { problem, again }
}

let beginning: { readonly session: string; readonly run: Promise<string> } | undefined

/** Runs `work` once at a time for a session, so that going back and forth starts one training, not two. */
function beginOnce(session: string, work: () => Promise<string>): Promise<string> {
  if (beginning?.session !== session) beginning = { session, run: work() }
  return beginning.run.finally(() => {
    beginning = undefined
  })
}

type Training = ReturnType<typeof useTraining.getState>

function sentence(
  run: Run | undefined,
  problem: string | undefined,
  { live, elsewhere, problem: wrong }: Training,
): string {
  if (problem !== undefined) return problem
  if (run === undefined) {
    return wrong === undefined
      ? 'Preparing a training run with your ten answers…'
      : WAITING_SENTENCE
  }
  if (run.result?.policy) return 'Done: your preference has produced a new agent.'
  if (isOver(run.state)) return run.problem ?? 'The training run ended before it produced an agent.'
  if (live?.id !== run.id) {
    if (run.state === 'paused') return 'The training is paused: press “Resume” above to continue.'
    return elsewhere
      ? 'Another tab is training: yours starts when that run is done.'
      : 'Your training run is waiting for the one before it.'
  }
  const part = (live.part && PART_SENTENCES[live.part]) ?? 'Loading the networks.'
  return `${part} ${capitalised(leftWords(live)).replace(/…$/, '')}.`
}
