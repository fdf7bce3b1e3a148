import { Button, Text } from '@mantine/core'
import type { Run } from '../../storage/run-record.ts'
import { useCandidates } from '../data/candidates.ts'
import { shelfName } from '../data/catalogue.ts'
import { waysWith } from '../pages.ts'
import { RewardLookCard } from '../reward-look/RewardLookCard.tsx'
import { watchParams } from '../stores/watch-settings.ts'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { askQueue, saveDownload } from './actions.ts'
import { addressOf } from './address.ts'
import { trainAddress } from './draft.ts'
import { useMaterials } from './materials.ts'
import { outcomeSentences } from './outcome-words.ts'
import { useLabelledIsland } from './use-labelled-island.ts'

/** Result of a finished run, with links and downloads for its models. */
export function Outcome({ run }: { readonly run: Run }) {
  const { state, problem, result } = run
  const sentences = outcomeSentences(run)
  const wrong = state === 'diverged' || state === 'failed'
  return (
    <div className={kit.stack}>
      {wrong ? (
        <Notice tone="problem" role="alert">
          {problem ?? 'The run ended without an error message: try again.'}
        </Notice>
      ) : null}
      {sentences.length > 0 ? (
        <Text maw="90ch" textWrap="pretty">
          {sentences.join(' ')}
        </Text>
      ) : null}
      <div className={kit.row}>
        {result?.policy ? <PolicyWays run={run} sha256={result.policy} /> : null}
        {result?.reward ? (
          <RewardWays run={run} sha256={result.reward} alone={!result.policy} />
        ) : null}
        {state === 'failed' ? (
          <Button size="sm" onClick={() => askQueue((queue) => queue.resume(run.id))}>
            Try again
          </Button>
        ) : null}
        <Another run={run} />
      </div>
      {result?.reward ? <RewardLookOf sha256={result.reward} /> : null}
    </div>
  )
}

/** Look into the run's reward model, as long as the shelf has it. */
function RewardLookOf({ sha256 }: { readonly sha256: string }) {
  const model = useCandidates('reward').find((each) => each.sha256 === sha256)
  return model ? <RewardLookCard model={model} /> : null
}

/** Link to a new training that is set up like this run. */
function Another({ run }: { readonly run: Run }) {
  const answered = useMaterials((state) => state.answered)
  const address = addressOf(run.plan, useCandidates(), answered)
  return (
    <Button component="a" size="sm" variant="default" href={address}>
      {run.state === 'diverged' ? 'Change the settings' : 'Set up a similar run'}
    </Button>
  )
}

interface WaysProps {
  readonly run: Run
  /** SHA-256 of the model's file on the shelf. */
  readonly sha256: string
}

/** Actions for the policy. Watching it beside its starting model comes first, as that shows whether it improved. */
function PolicyWays({ run, sha256 }: WaysProps) {
  const start = useCandidates().find((each) => each.sha256 === run.plan.start.sha256)
  const own = shelfName(sha256)
  const model = start ? `${start.name},${own}` : own
  const island = useLabelledIsland(run)
  return (
    <>
      <Button component="a" size="sm" href={`#/watch?${watchParams({ model, island })}`}>
        {start ? 'Watch it beside its starting agent' : 'Watch it'}
      </Button>
      {waysWith(own, island)
        .filter(({ address }) => !address.startsWith('#/watch'))
        .map(({ address, words }) => (
          <Button key={address} component="a" size="sm" variant="default" href={address}>
            {words}
          </Button>
        ))}
      <Button
        size="sm"
        variant="default"
        onClick={() => saveDownload(({ downloadModel }) => downloadModel(run, 'policy'))}
      >
        Download the agent (ONNX)
      </Button>
    </>
  )
}

function RewardWays({ run, sha256, alone }: WaysProps & { readonly alone: boolean }) {
  const start = useCandidates().find((each) => each.sha256 === run.plan.start.sha256)
  const job = 'reinforcement'
  const island = useLabelledIsland(run)
  const address = trainAddress({
    job,
    island,
    reward: shelfName(sha256),
    ...(start ? { model: start.name } : {}),
  })
  return (
    <>
      {alone ? (
        <Button component="a" size="sm" href={address}>
          Train the agent with it
        </Button>
      ) : null}
      <Button
        size="sm"
        variant="default"
        onClick={() => saveDownload(({ downloadModel }) => downloadModel(run, 'reward'))}
      >
        Download the reward model (ONNX)
      </Button>
    </>
  )
}
