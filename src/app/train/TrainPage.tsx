import { useEffect } from 'react'
import { useTraining } from '../stores/training.ts'
import { trainingQueue } from '../training/queue.ts'
import { DropZone } from '../ui/DropZone.tsx'
import { AlertIcon } from '../ui/icons.tsx'
import { Now } from './live/Now.tsx'
import { SetUp } from './SetUp.tsx'
import classes from './Train.module.css'
import { Runs } from './table/Runs.tsx'
import { takeModel } from './take-model.ts'
import { loadWorkshop, useWorkshop } from './workshop.ts'

/** Training in this tab: what to train, how it goes, and all that was trained before. */
export default function TrainPage() {
  useEffect(() => {
    void loadWorkshop()
    void trainingQueue()
  }, [])
  return (
    <DropZone
      className={classes.page}
      invitation="Drop an ONNX model to train it"
      onFile={(file) => void takeModel(file)}
    >
      <header>
        <h1 className={classes.title}>Teach the agent what you prefer</h1>
        <p className={classes.lead}>
          A reward model learns from comparisons of clips, and the agent learns to do what that
          model rewards. Everything is trained in this tab: nothing is sent anywhere.
        </p>
      </header>
      <Notes />
      <Now />
      <SetUp />
      <Runs />
    </DropZone>
  )
}

/** What is wrong, and what became of a file. */
function Notes() {
  const { problem, said } = useWorkshop()
  const wrong = useTraining((state) => state.problem) ?? problem
  return (
    <>
      {wrong ? (
        <p className={classes.note} role="alert">
          <AlertIcon />
          <span>{wrong}</span>
        </p>
      ) : null}
      {said ? (
        <p className={classes.note} role="status">
          {said}
        </p>
      ) : null}
    </>
  )
}
