import { Group } from '@mantine/core'
import type { Candidate } from '../data/candidates.ts'
import { stageSentence } from '../stages.ts'
import { Dot } from '../ui/Dot.tsx'
import { ModelFileButton } from '../ui/FilesButton.tsx'
import kit from '../ui/kit.module.css'
import { ModelSelect } from '../ui/ModelSelect.tsx'
import { takeModels } from './take-model.ts'

interface ModelChoiceProps {
  readonly label: string
  /** Name of the selected model, as in the address. */
  readonly name: string
  readonly candidates: readonly Candidate[]
  onChange(name: string): void
}

/** Selects a model from this site, this browser, or a file. */
export function ModelChoice({ label, name, candidates, onChange }: ModelChoiceProps) {
  const chosen = candidates.find((each) => each.name === name)
  return (
    <div className={kit.stack} data-tight>
      <Group gap={8} wrap="nowrap">
        <Dot stage={chosen?.stage ?? 'other'} />
        <ModelSelect
          flex={1}
          miw={0}
          aria-label={label}
          name={name}
          title={name}
          candidates={candidates}
          onChoose={onChange}
        />
        <ModelFileButton
          aria-label={`Open a file: ${label}`}
          onFile={(file) => void takeModels([file])}
        >
          File
        </ModelFileButton>
      </Group>
      <p className={kit.sentence}>
        {chosen?.from === 'browser'
          ? 'Saved in this browser.'
          : chosen?.kind === 'policy'
            ? stageSentence(chosen.stage)
            : 'Scores clips. Rewards of the agent’s own play have mean 0 and standard deviation 1.'}
      </p>
    </div>
  )
}
