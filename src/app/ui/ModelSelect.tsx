import { NativeSelect, type NativeSelectProps } from '@mantine/core'
import type { Candidate } from '../data/candidates.ts'

interface ModelSelectProps
  extends Omit<NativeSelectProps, 'name' | 'title' | 'value' | 'onChange' | 'data'> {
  /** Name of the chosen model. */
  readonly name: string
  /** Title of the chosen model, shown where it is not among the candidates. */
  readonly title: string
  readonly candidates: readonly Candidate[]
  onChoose(name: string): void
}

/** Select for the models of this site and of this browser. */
export function ModelSelect({ name, title, candidates, onChoose, ...select }: ModelSelectProps) {
  const known = candidates.some((candidate) => candidate.name === name)
  return (
    <NativeSelect
      size="sm"
      {...select}
      value={name}
      onChange={({ currentTarget }) => onChoose(currentTarget.value)}
    >
      {known ? null : <option value={name}>{title}</option>}
      <Options label="On this site" from="site" candidates={candidates} />
      <Options label="In this browser" from="browser" candidates={candidates} />
    </NativeSelect>
  )
}

interface OptionsProps extends Pick<ModelSelectProps, 'candidates'> {
  readonly label: string
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
