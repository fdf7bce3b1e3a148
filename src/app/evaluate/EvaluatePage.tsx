import { useEffect } from 'react'
import { refreshModels, useCatalogue } from '../data/catalogue.ts'
import { loadShelf } from '../data/shelf.ts'
import { useEvaluate } from '../stores/evaluate.ts'
import {
  changeEvaluateSettings,
  currentEvaluateSettings,
  useEvaluateSettings,
} from '../stores/evaluate-settings.ts'
import { Announcer } from '../ui/Announcer.tsx'
import { DropZone } from '../ui/DropZone.tsx'
import { Introduction } from '../ui/Introduction.tsx'
import kit from '../ui/kit.module.css'
import { addFiles } from './add-file.ts'
import classes from './Evaluate.module.css'
import { runEvaluation, showIsland } from './evaluation-run.ts'
import { Results } from './Results.tsx'
import { RewardModelCard } from './RewardModelCard.tsx'
import { SetUp } from './SetUp.tsx'

/** Evaluate page: agents play hundreds of fresh episodes, which are counted, drawn and compared. */
export default function EvaluatePage() {
  useEffect(() => {
    void loadShelf()
    void refreshModels()
  }, [])
  useRunFromLink()
  useChosenIsland()
  const announcement = useEvaluate((state) => state.announcement)
  return (
    <DropZone
      className={`${kit.page} ${classes.page}`}
      invitation="Drop an ONNX model to evaluate it"
      onFiles={(files) => void addFiles(files)}
    >
      <Introduction title="What agents do in fresh episodes">
        Every policy plays the same episodes, none of which was seen in training. Bars, maps and
        rewards cover all of them; select a path to watch it.
      </Introduction>
      <SetUp />
      <div className={kit.stack}>
        <Results />
        <RewardModelCard />
      </div>
      <Announcer label="Announcements">{announcement}</Announcer>
    </DropZone>
  )
}

/** Shows the results of the island that is chosen, where it was played with the other settings. */
function useChosenIsland(): void {
  const settings = useEvaluateSettings()
  useEffect(() => showIsland(settings), [settings])
}

/** Starts the evaluation that a link requests, once all models are known, saved ones included. */
function useRunFromLink(): void {
  const { run } = useEvaluateSettings()
  const models = useCatalogue((state) => state.models)
  useEffect(() => {
    if (run !== 'now' || models === undefined) return
    let left = false
    // Reload: a training may have added a model to the shelf since another page loaded it.
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
