import { VisuallyHidden } from '@mantine/core'
import { useEffect } from 'react'
import { refreshModels, useCatalogue } from '../data/catalogue.ts'
import { loadShelf } from '../data/shelf.ts'
import { useEvaluate } from '../stores/evaluate.ts'
import {
  changeEvaluateSettings,
  currentEvaluateSettings,
  useEvaluateSettings,
} from '../stores/evaluate-settings.ts'
import { DropZone } from '../ui/DropZone.tsx'
import { addFile } from './add-file.ts'
import { runEvaluation } from './director.ts'
import classes from './Evaluate.module.css'
import { Results } from './Results.tsx'
import { SetUp } from './SetUp.tsx'

/** Evaluate page: agents play hundreds of fresh episodes, which are counted, drawn and compared. */
export default function EvaluatePage() {
  useEffect(() => {
    void loadShelf()
    void refreshModels()
  }, [])
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

/** Begins the evaluation that a link asks for once all models are known, kept ones included. */
function useRunFromLink(): void {
  const { run } = useEvaluateSettings()
  const models = useCatalogue((state) => state.models)
  useEffect(() => {
    if (run !== 'now' || models === undefined) return
    let left = false
    // Read anew: a training may have put a model on the shelf since another page read it.
    void loadShelf().then(() => {
      if (left) return
      const settings = currentEvaluateSettings()
      changeEvaluateSettings({ run: 'asked' })
      void runEvaluation(settings)
    })
    return () => {
      left = true
    }
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
