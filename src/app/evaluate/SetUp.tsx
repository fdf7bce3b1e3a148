import { NativeSelect, Switch, VisuallyHidden } from '@mantine/core'
import { type FormEvent, useId } from 'react'
import { type StartKind, startKindsOf } from '../../island/index.ts'
import { isPlaying, useEvaluate } from '../stores/evaluate.ts'
import {
  changeEvaluateSettings,
  MOST_EPISODES,
  useEvaluateSettings,
} from '../stores/evaluate-settings.ts'
import { islandOf, islandOptions } from '../stores/island-choice.ts'
import { LARGEST_SEED } from '../stores/watch-settings.ts'
import kit from '../ui/kit.module.css'
import { NumberField } from '../ui/NumberField.tsx'
import classes from './Evaluate.module.css'
import { playedSettings, runEvaluation } from './evaluation-run.ts'
import { Policies } from './Policies.tsx'
import { Rewards } from './Rewards.tsx'
import { RunBar } from './RunBar.tsx'

const STARTS: Readonly<Record<StartKind, string>> = {
  spawn: 'The spawns',
  'facing-backwards': 'Recovery: facing backwards',
  'side-platform': 'Recovery: on a side platform',
  'past-jumppads': 'Recovery: past the jumppads',
}

const SPAWN_ONLY: readonly StartKind[] = ['spawn']

/** Form that sets up an evaluation. Its defaults are ready to run. */
export function SetUp() {
  const titleId = useId()
  const settings = useEvaluateSettings()
  const busy = useEvaluate((state) => isPlaying(state.evaluation))
  const begin = (event: FormEvent) => {
    event.preventDefault()
    void runEvaluation(settings)
  }
  return (
    <form className={`${kit.card} ${classes.setUp}`} onSubmit={begin} aria-labelledby={titleId}>
      <VisuallyHidden component="h2" id={titleId}>
        Set up an evaluation
      </VisuallyHidden>
      <fieldset className={`${kit.stack} ${classes.fields}`} disabled={busy}>
        <VisuallyHidden component="legend">Evaluation settings</VisuallyHidden>
        <Policies />
        <Episodes />
        <Rewards />
      </fieldset>
      <RunBar />
    </form>
  )
}

function Episodes() {
  const settings = useEvaluateSettings()
  const { episodes, seed } = settings
  const chosen = islandOf(settings.island)
  // On all islands, episodes start at the spawns, as not all islands have other starts.
  const kinds = settings.islands === 'all' ? SPAWN_ONLY : startKindsOf(chosen.map)
  return (
    <div className={classes.numbers}>
      <NumberField
        label="Episodes per policy"
        minimum={1}
        maximum={MOST_EPISODES}
        integer
        value={episodes}
        onChange={(count) => changeEvaluateSettings({ episodes: count })}
      />
      <NumberField
        label="Seed"
        minimum={0}
        maximum={LARGEST_SEED}
        integer
        value={seed}
        onChange={(chosen) => changeEvaluateSettings({ seed: chosen })}
      />
      <NativeSelect
        className={kit.wholeRow ?? ''}
        label="Episodes start at"
        data={kinds.map((kind) => ({ value: kind, label: STARTS[kind] }))}
        value={playedSettings(settings).start}
        onChange={({ currentTarget }) => {
          const kind = kinds.find((each) => each === currentTarget.value)
          if (kind) changeEvaluateSettings({ start: kind })
        }}
      />
      <NativeSelect
        className={kit.wholeRow ?? ''}
        label="Island"
        description={chosen.problem ?? chosen.about}
        inputWrapperOrder={['label', 'input', 'description']}
        data={islandOptions(chosen)}
        value={chosen.value}
        onChange={({ currentTarget }) => changeEvaluateSettings({ island: currentTarget.value })}
      />
      <Switch
        className={kit.wholeRow ?? ''}
        label="Then on all other islands"
        description="Compares how far what was learned carries over"
        checked={settings.islands === 'all'}
        onChange={({ currentTarget }) =>
          changeEvaluateSettings({ islands: currentTarget.checked ? 'all' : 'one' })
        }
      />
    </div>
  )
}
