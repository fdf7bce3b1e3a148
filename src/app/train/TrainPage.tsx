import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { useTraining } from '../stores/training.ts'
import { trainingQueue } from '../training/queue.ts'
import { DropZone } from '../ui/DropZone.tsx'
import { Introduction } from '../ui/Introduction.tsx'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { Now } from './live/Now.tsx'
import { loadMaterials, tellProblem, useMaterials } from './materials.ts'
import { SetUp } from './SetUp.tsx'
import { SweepCard } from './SweepCard.tsx'
import classes from './Train.module.css'
import { Runs } from './table/Runs.tsx'
import { takeModels } from './take-model.ts'

/** Train page: sets up trainings, shows the current one, and lists all runs of this browser. */
export default function TrainPage() {
  useEffect(() => {
    void loadMaterials()
    readRuns()
  }, [])
  return (
    <DropZone
      className={`${kit.page} ${classes.page}`}
      invitation="Drop an ONNX model to train it"
      onFiles={(files) => void takeModels(files)}
    >
      <Introduction title="Teach the agent what you prefer">
        From comparisons of clips, the agent learns to do what they prefer: through a reward model,
        or directly. Everything is trained in this tab: nothing is uploaded.
      </Introduction>
      <Notes />
      <SweepCard />
      <Now />
      <SetUp />
      <Runs />
    </DropZone>
  )
}

function readRuns(): void {
  tellProblem(trainingQueue().then(() => undefined))
}

/** Notices: what is wrong with the runs, with the last action on them and on this page, and the result of adding a file. */
function Notes() {
  const { problem, said } = useMaterials()
  const training = useTraining()
  return (
    <>
      {training.unread ? (
        <Notice role="alert" action={training.runs === undefined ? <TryAgain /> : null}>
          {training.unread}
        </Notice>
      ) : null}
      {training.problem ? <Notice role="alert">{training.problem}</Notice> : null}
      {problem ? <Notice role="alert">{problem}</Notice> : null}
      {said ? (
        <Notice plain role="status">
          {said}
        </Notice>
      ) : null}
    </>
  )
}

function TryAgain() {
  return (
    <Button size="compact-sm" variant="default" onClick={readRuns}>
      Try again
    </Button>
  )
}
