import { Button, FileButton, Tooltip } from '@mantine/core'
import type { Candidate } from '../data/candidates.ts'
import { stageSentence, stageVariable } from '../stages.ts'
import { FileIcon } from '../ui/icons.tsx'
import { ModelSelect } from '../ui/ModelSelect.tsx'
import classes from './Train.module.css'
import { takeModel } from './take-model.ts'

interface ModelChoiceProps {
  readonly label: string
  /** As the address has it. */
  readonly name: string
  readonly candidates: readonly Candidate[]
  onChange(name: string): void
}

/** One of the models there are: of this site, of this browser, or from a file. */
export function ModelChoice({ label, name, candidates, onChange }: ModelChoiceProps) {
  const chosen = candidates.find((each) => each.name === name)
  return (
    <div className={classes.field}>
      <div className={classes.modelRow}>
        <span
          className={classes.dot}
          style={{ background: stageVariable(chosen?.stage ?? 'other') }}
        />
        <ModelSelect
          flex={1}
          miw={0}
          aria-label={label}
          name={name}
          title={name}
          candidates={candidates}
          onChoose={onChange}
        />
        <FileButton accept=".onnx" onChange={(file) => file && void takeModel(file)}>
          {(props) => (
            <Tooltip label="Or drop an ONNX model anywhere on this page">
              <Button
                {...props}
                variant="default"
                leftSection={<FileIcon size={14} />}
                aria-label={`Open a file: ${label}`}
              >
                File
              </Button>
            </Tooltip>
          )}
        </FileButton>
      </div>
      <p className={classes.help}>
        {chosen?.from === 'browser'
          ? 'Kept in this browser.'
          : chosen?.kind === 'policy'
            ? stageSentence(chosen.stage)
            : 'Scores a clip; rewards of the agent’s own play have mean 0 and deviation 1.'}
      </p>
    </div>
  )
}
