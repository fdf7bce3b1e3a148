import { useEffect } from 'react'
import { useTraining } from '../stores/training.ts'
import { trainingQueue } from '../training/queue.ts'
import { DropZone } from '../ui/DropZone.tsx'
import { Introduction } from '../ui/Introduction.tsx'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { Now } from './live/Now.tsx'
import { loadMaterials, useMaterials } from './materials.ts'
import { SetUp } from './SetUp.tsx'
import { SweepCard } from './SweepCard.tsx'
import classes from './Train.module.css'
import { Runs } from './table/Runs.tsx'
import { takeModel } from './take-model.ts'

/** Train page: sets up trainings, shows the current one, and lists all runs of this browser. */
export default function TrainPage() {
  useEffect(() => {
    void loadMaterials()
    void trainingQueue()
  }, [])
  return (
    <DropZone
      className={`${kit.page} ${classes.page}`}
      invitation="Drop an ONNX model to train it"
      onFiles={([file]) => file && void takeModel(file)}
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

/** Notices: the current problem, and the result of adding a file. */
function Notes() {
  const { problem, said } = useMaterials()
  const wrong = useTraining((state) => state.problem) ?? problem
  return (
    <>
      {wrong ? <Notice role="alert">{wrong}</Notice> : null}
      {said ? (
        <Notice plain role="status">
          {said}
        </Notice>
      ) : null}
    </>
  )
}
