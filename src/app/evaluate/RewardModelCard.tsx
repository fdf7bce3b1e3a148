import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useCandidates } from '../data/candidates.ts'
import { RewardLookCard } from '../reward-look/RewardLookCard.tsx'
import { rewardNames, useEvaluateSettings } from '../stores/evaluate-settings.ts'

/** Card with a look into one of the chosen reward models; renders nothing where none is chosen. */
export function RewardModelCard() {
  const { reward } = useEvaluateSettings()
  const candidates = useCandidates('reward')
  const [chosen, setChosen] = useState<string>()
  const models = rewardNames(reward).flatMap(
    (name) => candidates.find((each) => each.name === name) ?? [],
  )
  const model = models.find(({ name }) => name === chosen) ?? models[0]
  if (!model) return null
  return (
    <RewardLookCard model={model}>
      {models.length > 1 ? (
        <SegmentedControl
          size="xs"
          aria-label="Reward model to look into"
          data={models.map(({ name, title }) => ({ value: name, label: title }))}
          value={model.name}
          onChange={setChosen}
        />
      ) : null}
    </RewardLookCard>
  )
}
