import { ActionIcon, Group, useComputedColorScheme } from '@mantine/core'
import { stageName } from '../../procedure/model-stages.ts'
import { nextOf, useCandidates } from '../data/candidates.ts'
import {
  changeEvaluateSettings,
  MOST_POLICIES,
  policyNames,
  useEvaluateSettings,
} from '../stores/evaluate-settings.ts'
import { AddModels } from '../ui/AddModels.tsx'
import { CloseIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { ModelSelect } from '../ui/ModelSelect.tsx'
import { addFiles } from './add-file.ts'
import { comparedColours } from './compared.ts'
import { Letter } from './Letter.tsx'

/** Selects the policies to compare, one to four. */
export function Policies() {
  const { model } = useEvaluateSettings()
  const candidates = useCandidates('policy')
  const names = policyNames(model)
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const known = names.map((name) => candidates.find((candidate) => candidate.name === name))
  const colours = comparedColours(
    names.map((name, index) => known[index]?.stage ?? name),
    scheme,
  )
  const choose = (all: readonly string[]) => changeEvaluateSettings({ model: all.join(',') })
  return (
    <fieldset className={kit.stack} data-tight>
      <legend className={kit.label}>
        {names.length === 1 ? 'Policy' : 'Policies (all play the same episodes)'}
      </legend>
      {names.map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a policy is identified by its position
        <Group key={index} gap={8} wrap="nowrap">
          <Letter index={index} colour={colours[index] ?? ''} />
          <ModelSelect
            flex={1}
            miw={0}
            aria-label={`Policy ${index + 1}`}
            name={name}
            title={known[index]?.title ?? stageName(name)}
            candidates={candidates}
            onChoose={(chosen) => choose(names.with(index, chosen))}
          />
          {names.length > 1 ? (
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={`Remove policy ${index + 1}`}
              onClick={() => choose(names.toSpliced(index, 1))}
            >
              <CloseIcon size={16} />
            </ActionIcon>
          ) : null}
        </Group>
      ))}
      <AddModels
        label="Add a policy"
        full={names.length >= MOST_POLICIES || candidates.length === 0}
        onAdd={() => choose([...names, nextOf(candidates, names)])}
        onFile={(file) => void addFiles([file])}
      />
    </fieldset>
  )
}
