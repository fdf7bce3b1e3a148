import { Chip, Text, VisuallyHidden } from '@mantine/core'
import { useEffect, useState } from 'react'
import { type Candidate, useCandidates } from '../data/candidates.ts'
import { useCatalogue } from '../data/catalogue.ts'
import { wantedBy } from '../stages.ts'
import { useFocused, useWatch } from '../stores/watch.ts'
import { FoldedCard } from '../ui/FoldedCard.tsx'
import kit from '../ui/kit.module.css'
import type { Playback } from './playback.ts'
import { RewardChart } from './RewardChart.tsx'
import { MOST_REWARDS } from './reward-scoring.ts'

interface RewardCardProps {
  readonly playback: Playback | undefined
}

/** Renders the running reward of the agent in focus: one value per decision and reward model. */
export function RewardCard({ playback }: RewardCardProps) {
  const [open, setOpen] = useState(true)
  const judges = useCandidates('reward')
  const rewards = useWatch((state) => state.rewards)
  const decisions = useWatch((state) => state.decisions)
  const problem = useWatch((state) => state.rewardProblem)
  const agent = useFocused()
  const several = useWatch(({ agents }) => agents.length > 1)
  const wanted = open && judges.length > 0
  useEffect(() => {
    playback?.wantRewards(wanted)
  }, [playback, wanted])
  if (useCatalogue((state) => state.models) === undefined) return null
  return (
    <FoldedCard
      title={several && agent ? `Reward of ${agent.title}` : 'Reward'}
      open={judges.length > 0}
      onToggle={setOpen}
    >
      {judges.length === 0 ? (
        <Text size="sm" c="dimmed">
          No reward model is available yet. Train one on labels, or drop a file onto this page: it
          then scores the episode after every decision.
        </Text>
      ) : (
        <>
          {problem ? <Text size="sm">{problem}</Text> : null}
          {agent?.pathOnly ? (
            <Text size="sm" c="dimmed">
              Reward models score frames, but only the path of this play is stored.
            </Text>
          ) : (
            <RewardChart lines={rewards} decisions={decisions} title={agent?.title ?? ''} />
          )}
          {judges.length > 1 ? <JudgeChips judges={judges} playback={playback} /> : null}
          <Text size="xs" c="dimmed">
            Reward of a clip that ends here. 0 is the mean of the play that the model was trained
            on; 1 is one standard deviation.
          </Text>
        </>
      )}
    </FoldedCard>
  )
}

interface JudgeChipsProps extends RewardCardProps {
  readonly judges: readonly Candidate[]
}

/** Renders the selection of the reward models that score, at most `MOST_REWARDS`. */
function JudgeChips({ judges, playback }: JudgeChipsProps) {
  const chosen = useWatch((state) => state.rewardNames)
  const names = chosen ?? judges.slice(0, MOST_REWARDS).map(({ name }) => name)
  return (
    <Chip.Group
      multiple
      value={[...names]}
      onChange={(all) => void playback?.chooseRewards(all.slice(-MOST_REWARDS))}
    >
      <fieldset className={kit.row}>
        <VisuallyHidden component="legend">Reward models</VisuallyHidden>
        {judges.map(({ name, title, stage }) => (
          <Chip key={name} value={name} size="xs" radius="md" variant="outline">
            {wantedBy(stage) && judges.length <= MOST_REWARDS
              ? `Prefers ${wantedBy(stage)}`
              : title}
          </Chip>
        ))}
      </fieldset>
    </Chip.Group>
  )
}
