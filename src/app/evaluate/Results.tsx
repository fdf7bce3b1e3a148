import { Loader, Text } from '@mantine/core'
import { useState } from 'react'
import { useCatalogue } from '../data/catalogue.ts'
import {
  type Evaluation,
  evaluatedIslands,
  isPlaying,
  scoringRewards,
  useEvaluate,
} from '../stores/evaluate.ts'
import { policyNames, useEvaluateSettings } from '../stores/evaluate-settings.ts'
import { startOf } from '../stores/island-choice.ts'
import { countOf } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { lazyPart } from '../ui/lazy-part.tsx'
import { Notice } from '../ui/Notice.tsx'
import { AcrossIslands } from './AcrossIslands.tsx'
import { type Compared, useCompared, useDrawn } from './compared.ts'
import { Difference } from './Difference.tsx'
import { EpisodeTable } from './EpisodeTable.tsx'
import classes from './Evaluate.module.css'
import { ExportBar } from './ExportBar.tsx'
import { Heatmaps } from './Heatmaps.tsx'
import { Origins } from './Origins.tsx'
import { Outcomes } from './Outcomes.tsx'
import { failureWords } from './progress.ts'
import { Replay } from './Replay.tsx'
import { Style } from './Style.tsx'
import { SummaryTable } from './SummaryTable.tsx'
import { Trajectories } from './Trajectories.tsx'

const RewardFigures = lazyPart(
  () => import('./RewardFigures.tsx'),
  <p className={kit.pending}>Loading the charts…</p>,
)

/** Renders all figures of the evaluation, from the episodes counted so far. */
export function Results() {
  const latest = useEvaluate((state) => state.evaluation)
  const drawn = useDrawn()
  const compared = useCompared(drawn)
  const [opened, setOpened] = useState<Opened>()
  if (!latest || !drawn) return <Nothing />
  // An episode of another island is another one, though it has the same number.
  const { island } = drawn.settings
  return (
    <div className={kit.stack}>
      <Problems evaluation={latest} />
      <StoppedNote evaluation={latest} />
      <AcrossIslands />
      {compared.length === 0 ? (
        <Waiting evaluation={latest} />
      ) : (
        <Figures
          evaluation={drawn}
          compared={compared}
          onReplay={(episode) => setOpened({ island, episode })}
        />
      )}
      {opened ? (
        <OpenedReplay
          opened={opened}
          onEpisode={(episode) => setOpened({ ...opened, episode })}
          onClose={() => setOpened(undefined)}
        />
      ) : null}
    </div>
  )
}

/** Episode that is replayed, by its island and its index there. */
interface Opened {
  readonly island: string
  readonly episode: number
}

interface OpenedReplayProps {
  readonly opened: Opened
  onEpisode(episode: number): void
  onClose(): void
}

/** Replays an episode of any island that was evaluated, also while the next one is played. */
function OpenedReplay({ opened, onEpisode, onClose }: OpenedReplayProps) {
  const evaluation = useEvaluate((state) =>
    evaluatedIslands(state).find(({ settings }) => settings.island === opened.island),
  )
  const compared = useCompared(evaluation)
  if (evaluation === undefined || compared.length === 0) return null
  return (
    <Replay
      episode={opened.episode}
      evaluation={evaluation}
      compared={compared}
      onEpisode={onEpisode}
      onClose={onClose}
    />
  )
}

interface FiguresProps {
  readonly evaluation: Evaluation
  readonly compared: readonly Compared[]
  onReplay(episode: number): void
}

function Figures({ evaluation, compared, onReplay }: FiguresProps) {
  const rewards = scoringRewards(evaluation)
  return (
    <>
      <ExportBar evaluation={evaluation} />
      <Outcomes compared={compared} />
      <SummaryTable compared={compared} rewards={rewards} />
      <Trajectories compared={compared} onReplay={onReplay} />
      <Heatmaps compared={compared} />
      {compared.length > 1 ? <Difference compared={compared} /> : null}
      <Origins compared={compared} start={startOf(evaluation.settings)} />
      {rewards.length > 0 ? <RewardFigures compared={compared} rewards={rewards} /> : null}
      <Style compared={compared} />
      <EpisodeTable compared={compared} onReplay={onReplay} />
    </>
  )
}

/** Placeholder before the first evaluation. */
function Nothing() {
  const models = useCatalogue((state) => state.models)
  const none = policyNames(useEvaluateSettings().model).length === 0
  const first =
    models === undefined
      ? 'Once the list of models has loaded, press Run'
      : none
        ? 'Choose a policy and press Run'
        : 'Press Run'
  return (
    <div className={classes.nothing}>
      <p className={kit.cardTitle}>No episodes played yet</p>
      <Text c="dimmed" maw="52ch" textWrap="balance">
        {first} to see how often each policy reaches each jumppad, which paths it takes, and how a
        reward model scores them. The default set-up is a good place to start.
      </Text>
    </div>
  )
}

function Waiting({ evaluation }: { readonly evaluation: Evaluation }) {
  if (!isPlaying(evaluation)) {
    const stopped = evaluation.phase === 'stopped'
    return (
      <div className={classes.nothing}>
        <p className={kit.cardTitle}>No episodes to count</p>
        <Text c="dimmed">
          {stopped
            ? 'The evaluation was stopped before the first episodes ended.'
            : 'None of the policies could be played: choose others.'}
        </Text>
      </div>
    )
  }
  return (
    <div className={classes.nothing}>
      <Loader size="sm" />
      <Text c="dimmed">The first episodes are being played…</Text>
    </div>
  )
}

/** Lists the policies and reward models that failed, and why; the others continue. */
function Problems({ evaluation }: { readonly evaluation: Evaluation }) {
  const policies = evaluation.policies.map((run) => ({ ...run, counted: run.episodes.length }))
  const rewards = evaluation.rewards.map((reward) => ({ ...reward, counted: 0 }))
  const all = [...policies, ...rewards].filter(({ problem }) => problem !== undefined)
  if (all.length === 0) return null
  return (
    <div className={kit.stack} data-tight role="alert">
      {all.map(({ name, title, counted, problem }) => (
        <Notice key={name}>
          <strong>{title}</strong> {failureWords(counted)}. {problem}
        </Notice>
      ))}
    </div>
  )
}

/** Explains why a stopped evaluation counts fewer episodes than requested. */
function StoppedNote({ evaluation }: { readonly evaluation: Evaluation }) {
  const { phase, policies, settings } = evaluation
  if (phase !== 'stopped') return null
  const played = policies.filter(({ phase, episodes }) => phase !== 'failed' || episodes.length > 0)
  const counted = played.map(({ title, episodes }) => `${episodes.length} of ${title}`).join(', ')
  return (
    <Notice plain>
      Stopped. Counted out of {countOf(settings.episodes, 'episode')} each: {counted}. Episodes that
      reach a jumppad end sooner, so to avoid bias only the leading episodes that have all ended are
      counted.
    </Notice>
  )
}
