import { Button, Text } from '@mantine/core'
import type { Run } from '../../storage/run-record.ts'
import { useCandidates } from '../data/candidates.ts'
import { shelfName } from '../data/catalogue.ts'
import { waysWith } from '../pages.ts'
import { watchParams } from '../stores/watch-settings.ts'
import kit from '../ui/kit.module.css'
import { Notice } from '../ui/Notice.tsx'
import { askQueue, saveDownload } from './actions.ts'
import { addressOf } from './address.ts'
import { trainAddress } from './draft.ts'
import { outcomeSentences } from './outcome-words.ts'

/** What came out of a run, and what to do with it now. */
export function Outcome({ run }: { readonly run: Run }) {
  const { state, problem, result } = run
  const sentences = outcomeSentences(run)
  const wrong = state === 'diverged' || state === 'failed'
  return (
    <div className={kit.stack}>
      {wrong ? (
        <Notice tone="problem" role="alert">
          {problem ?? 'It ended without a reason given: try it again.'}
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
    </div>
  )
}

/** The same again, open to be changed. */
function Another({ run }: { readonly run: Run }) {
  const address = addressOf(run.plan, useCandidates())
  return (
    <Button component="a" size="sm" variant="default" href={address}>
      {run.state === 'diverged' ? 'Change its settings' : 'Set up another like it'}
    </Button>
  )
}

interface WaysProps {
  readonly run: Run
  /** Of the model's file on the shelf. */
  readonly sha256: string
}

/** Beside its start first: whether it got better is seen at once. */
function PolicyWays({ run, sha256 }: WaysProps) {
  const start = useCandidates().find((each) => each.sha256 === run.plan.start.sha256)
  const own = shelfName(sha256)
  const model = start ? `${start.name},${own}` : own
  return (
    <>
      <Button component="a" size="sm" href={`#/watch?${watchParams({ model })}`}>
        {start ? 'Watch it beside its start' : 'Watch it'}
      </Button>
      {waysWith(own)
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
  const address = trainAddress({
    job,
    reward: shelfName(sha256),
    ...(start ? { model: start.name } : {}),
  })
  return (
    <>
      {alone ? (
        <Button component="a" size="sm" href={address}>
          Reinforce the agent with it
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
