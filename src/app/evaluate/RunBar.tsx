import { Button, Progress } from '@mantine/core'
import { refreshModels, useCatalogue } from '../data/catalogue.ts'
import { type Evaluation, isPlaying, useEvaluate } from '../stores/evaluate.ts'
import { policyNames, sameEvaluation, useEvaluateSettings } from '../stores/evaluate-settings.ts'
import { islandOf, islandsFrom } from '../stores/island-choice.ts'
import { countOf, whole } from '../ui/format.ts'
import { PlayIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { playedSettings, stopEvaluation } from './evaluation-run.ts'
import { leftSentence, partDone, secondsLeft } from './progress.ts'

/** Renders the run or stop button, and the progress of the evaluation. */
export function RunBar() {
  const settings = useEvaluateSettings()
  const evaluation = useEvaluate((state) => state.evaluation)
  const models = useCatalogue((state) => state.models)
  const count = policyNames(settings.model).length
  const islands = settings.islands === 'all' ? islandsFrom(settings.island).length : 1
  const stale =
    evaluation !== undefined &&
    !isPlaying(evaluation) &&
    !sameEvaluation(playedSettings(settings), evaluation.settings)
  return (
    <div className={kit.stack}>
      {isPlaying(evaluation) ? (
        <Button
          size="lg"
          fullWidth
          variant="default"
          disabled={evaluation?.phase === 'stopping'}
          onClick={stopEvaluation}
        >
          {evaluation?.phase === 'stopping' ? 'Stopping…' : 'Stop'}
        </Button>
      ) : (
        <Button
          type="submit"
          size="lg"
          fullWidth
          leftSection={<PlayIcon />}
          disabled={models === undefined || count === 0}
        >
          Run {countOf(count * settings.episodes * islands, 'episode')}
        </Button>
      )}
      {evaluation && isPlaying(evaluation) ? <Played evaluation={evaluation} /> : null}
      {stale ? (
        <p className={kit.small}>The figures still show the set-up before these changes.</p>
      ) : null}
      <Messages />
    </div>
  )
}

function Played({ evaluation }: { readonly evaluation: Evaluation }) {
  const { policies, settings, phase } = evaluation
  const round = useEvaluate((state) => state.round)
  const part = partDone(evaluation)
  const left = secondsLeft(evaluation)
  const playable = policies.filter((policy) => policy.phase !== 'failed')
  const ended = playable.reduce((sum, policy) => sum + policy.ended, 0)
  const of = settings.episodes * playable.length
  const current = policies.find((policy) => policy.phase === 'playing')
  const loading = policies.find((policy) => policy.phase === 'loading')
  const doing =
    phase === 'stopping'
      ? 'Stopping after the current decision'
      : loading
        ? `Loading ${loading.title}`
        : current
          ? `Playing ${current.title} on ${current.deviceName ?? 'its device'}`
          : 'Starting the runtime'
  return (
    <div className={kit.stack} data-tight>
      <Progress.Root size="lg">
        <Progress.Section
          value={100 * part}
          // The built-in ARIA text would be the percentage, with all its digits.
          withAria={false}
          role="progressbar"
          aria-label="Progress of the evaluation"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(100 * part)}
          aria-valuetext={`${ended} of ${countOf(of, 'episode')} ended, ${leftSentence(left)}`}
        />
      </Progress.Root>
      <p className={kit.small}>
        {whole(ended)} of {countOf(of, 'episode')} ended{round ? ' on this island' : ''},{' '}
        {leftSentence(left)}
        <br />
        {round ? (
          <>
            Island {round.done + 1} of {round.islands.length}: {islandOf(settings.island).title}
            <br />
          </>
        ) : null}
        {doing}
      </p>
    </div>
  )
}

/** Renders problems and the notice. */
function Messages() {
  const modelsProblem = useCatalogue((state) => state.modelsProblem)
  const fileProblem = useEvaluate((state) => state.fileProblem)
  const notice = useEvaluate((state) => state.notice)
  return (
    <>
      {modelsProblem === undefined ? null : (
        <Notice
          role="alert"
          action={
            <Button size="compact-xs" variant="default" onClick={() => void refreshModels()}>
              Try again
            </Button>
          }
        >
          {modelsProblem}
        </Notice>
      )}
      {fileProblem === undefined ? null : <Notice role="alert">{fileProblem}</Notice>}
      {notice === undefined ? null : <p className={kit.small}>{notice}</p>}
    </>
  )
}
