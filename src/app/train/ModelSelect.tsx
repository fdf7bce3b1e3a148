import { Button, FileButton, NativeSelect, Tooltip } from '@mantine/core'
import { stageSentence, stageVariable } from '../stages.ts'
import { FileIcon } from '../watch/icons.tsx'
import type { Candidate } from '../watch/roster.ts'
import classes from './Train.module.css'
import { takeModel } from './take-model.ts'

interface ModelSelectProps {
  readonly label: string
  /** As the address has it. */
  readonly name: string
  readonly candidates: readonly Candidate[]
  onChange(name: string): void
}

/** One of the models there are: of this site, of this browser, or from a file. */
export function ModelSelect({ label, name, candidates, onChange }: ModelSelectProps) {
  const chosen = candidates.find((each) => each.name === name)
  return (
    <div className={classes.field}>
      <div className={classes.modelRow}>
        <span
          className={classes.dot}
          style={{ background: stageVariable(chosen?.stage ?? 'other') }}
        />
        <NativeSelect
          className={classes.grow ?? ''}
          aria-label={label}
          value={name}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
        >
          {chosen ? null : <option value={name}>{name}</option>}
          <Options label="On this site" candidates={candidates} from="site" />
          <Options label="In this browser" candidates={candidates} from="browser" />
        </NativeSelect>
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

interface OptionsProps {
  readonly label: string
  readonly candidates: readonly Candidate[]
  readonly from: Candidate['from']
}

function Options({ label, candidates, from }: OptionsProps) {
  const those = candidates.filter((each) => each.from === from)
  if (those.length === 0) return null
  return (
    <optgroup label={label}>
      {those.map(({ name, title }) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </optgroup>
  )
}
