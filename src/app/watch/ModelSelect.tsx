import { NativeSelect } from '@mantine/core'
import classes from './Card.module.css'
import type { Candidate } from './roster.ts'

interface ModelSelectProps {
  readonly label: string
  /** Of the chosen model, and what it is called where it is none of the candidates. */
  readonly name: string
  readonly title: string
  readonly candidates: readonly Candidate[]
  onChange(name: string): void
}

/** One of the models of this site and of this browser. */
export function ModelSelect({ label, name, title, candidates, onChange }: ModelSelectProps) {
  const known = candidates.some((candidate) => candidate.name === name)
  return (
    <NativeSelect
      className={classes.model ?? ''}
      size="sm"
      aria-label={label}
      value={name}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    >
      {known ? null : <option value={name}>{title}</option>}
      <Options label="On this site" from="site" candidates={candidates} />
      <Options label="In this browser" from="browser" candidates={candidates} />
    </NativeSelect>
  )
}

interface OptionsProps extends Pick<ModelSelectProps, 'label' | 'candidates'> {
  readonly from: Candidate['from']
}

function Options({ label, from, candidates }: OptionsProps) {
  const own = candidates.filter((candidate) => candidate.from === from)
  if (own.length === 0) return null
  return (
    <optgroup label={label}>
      {own.map(({ name, title }) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </optgroup>
  )
}
