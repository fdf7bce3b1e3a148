import { Chip } from '@mantine/core'
import { useCandidates } from '../data/candidates.ts'
import {
  changeEvaluateSettings,
  MOST_REWARDS,
  printRewards,
  rewardNames,
  useEvaluateSettings,
} from '../stores/evaluate-settings.ts'
import kit from '../ui/kit.module.css'

/** Selects the reward models that score the episodes; renders nothing where there are none. */
export function Rewards() {
  const { reward } = useEvaluateSettings()
  const candidates = useCandidates('reward')
  const names = rewardNames(reward)
  if (candidates.length === 0) return null
  const choose = (chosen: string[]) =>
    changeEvaluateSettings({ reward: printRewards(chosen.slice(-MOST_REWARDS)) })
  return (
    <fieldset className={kit.stack} data-tight>
      <legend className={kit.label}>Reward models</legend>
      <Chip.Group multiple value={names} onChange={choose}>
        <div className={kit.row}>
          {candidates.map(({ name, title }) => (
            <Chip key={name} value={name} size="xs">
              {title}
            </Chip>
          ))}
        </div>
      </Chip.Group>
    </fieldset>
  )
}
