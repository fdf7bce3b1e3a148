import { VisuallyHidden } from '@mantine/core'
import { useEffect } from 'react'
import { useEvaluate } from '../stores/evaluate.ts'
import {
  changeEvaluateSettings,
  currentEvaluateSettings,
  useEvaluateSettings,
} from '../stores/evaluate-settings.ts'
import { DropZone } from '../watch/DropZone.tsx'
import { addFile, loadCandidates } from './candidates.ts'
import { runEvaluation } from './director.ts'
import classes from './Evaluate.module.css'
import { Results } from './Results.tsx'
import { SetUp } from './SetUp.tsx'

/** What agents do in hundreds of fresh episodes, counted, drawn and compared. */
export default function EvaluatePage() {
  useEffect(() => void loadCandidates(), [])
  useRunFromLink()
  return (
    <DropZone
      className={classes.page}
      invitation="Drop an ONNX model to evaluate it"
      onFile={(file) => void addFile(file)}
    >
      <header className={classes.intro}>
        <h1 className={classes.title}>What agents do in fresh episodes</h1>
        <p className={classes.lead}>
          Every policy plays the same episodes, which no training has seen. Bars, maps and rewards
          are of all of them; press a path to watch it.
        </p>
      </header>
      <SetUp />
      <Results />
      <Announcer />
    </DropZone>
  )
}

/** A link that reproduces an evaluation begins it, once the models are known. */
function useRunFromLink(): void {
  const { run } = useEvaluateSettings()
  const models = useEvaluate((state) => state.models)
  useEffect(() => {
    if (run !== 'now' || models === undefined) return
    const settings = currentEvaluateSettings()
    changeEvaluateSettings({ run: 'asked' })
    void runEvaluation(settings)
  }, [run, models])
}

function Announcer() {
  const announcement = useEvaluate((state) => state.announcement)
  return (
    <VisuallyHidden role="status" aria-label="What happens" aria-live="polite">
      {announcement}
    </VisuallyHidden>
  )
}
