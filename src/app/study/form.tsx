/** Fields of the form for a study. Each shows the schema's sentence about its value. */
import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import type { Outcome } from '../../island/index.ts'
import kit from '../ui/kit.module.css'
import { NumberField } from '../ui/NumberField.tsx'
import { QuestionInput } from '../ui/QuestionInput.tsx'
import classes from './Form.module.css'

interface SectionProps {
  readonly title: string
  /** Explanation of the section's fields. */
  readonly about: ReactNode
  /** Whether the fields can no longer be changed. */
  readonly locked?: boolean
  readonly children: ReactNode
}

/** Card with the fields of one subject. */
export function Section({ title, about, locked = false, children }: SectionProps) {
  const id = useId()
  return (
    <section className={kit.card} aria-labelledby={id}>
      <h2 className={kit.cardTitle} id={id}>
        {title}
      </h2>
      <p className={kit.sentence}>{about}</p>
      <fieldset className={classes.fields} disabled={locked} aria-labelledby={id}>
        {children}
      </fieldset>
    </section>
  )
}

interface TextFieldProps {
  readonly label: string
  readonly description?: string
  readonly value: string
  readonly problem: string | undefined
  readonly type?: 'text' | 'url' | 'datetime-local'
  readonly placeholder?: string
  /** Whether the field takes a whole row. */
  readonly wide?: boolean
  onChange(value: string): void
}

/** Field for text on one line. */
export function TextField({ problem, wide = false, description, ...field }: TextFieldProps) {
  const { onChange, ...input } = field
  return (
    <TextInput
      {...input}
      description={description ?? null}
      className={wide ? (kit.wholeRow ?? '') : ''}
      autoComplete="off"
      error={problem && sentence(problem)}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

interface QuestionFieldProps
  extends Pick<TextFieldProps, 'value' | 'problem' | 'description' | 'onChange'> {
  /** Jumppads of the study's island. */
  readonly outcomes: readonly Outcome[]
}

/** Field for the question of a study. */
export function QuestionField({ value, problem, ...field }: QuestionFieldProps) {
  return (
    <QuestionInput
      {...field}
      className={kit.wholeRow}
      question={value}
      error={problem && sentence(problem)}
    />
  )
}

interface ParagraphsFieldProps extends Omit<TextFieldProps, 'type' | 'wide'> {
  readonly rows: number
}

/** Field for several lines or paragraphs. */
export function ParagraphsField({ problem, description, rows, ...field }: ParagraphsFieldProps) {
  const { onChange, ...input } = field
  return (
    <Textarea
      {...input}
      description={description ?? null}
      className={kit.wholeRow ?? ''}
      rows={rows}
      error={problem && sentence(problem)}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  )
}

interface CountFieldProps {
  readonly label: string
  readonly description?: string
  /** Contradiction with another field. */
  readonly problem?: string | undefined
  readonly minimum: number
  readonly maximum: number
  readonly value: number
  onChange(value: number): void
}

/** Field for a whole number. */
export function CountField({ problem, ...field }: CountFieldProps) {
  return <NumberField {...field} problem={problem && sentence(problem)} integer />
}

/** Field for a share, entered in percent. */
export function PercentField({
  value,
  onChange,
  ...field
}: Omit<CountFieldProps, 'minimum' | 'maximum' | 'problem'>) {
  return (
    <NumberField
      {...field}
      integer
      minimum={0}
      maximum={100}
      value={Math.round(100 * value)}
      onChange={(percent) => onChange(percent / 100)}
    />
  )
}

interface ChoiceFieldProps<T extends string> {
  readonly label: string
  readonly description?: string
  readonly wide?: boolean
  readonly choices: Readonly<Record<T, string>>
  readonly value: T
  onChange(value: T): void
}

/** Field for one of a few choices. */
export function ChoiceField<T extends string>(props: ChoiceFieldProps<T>) {
  const { label, description, wide = false, choices, value, onChange } = props
  // The keys of a record of `T` are `T`.
  const values = Object.keys(choices) as T[]
  return (
    <NativeSelect
      label={label}
      description={description ?? null}
      className={wide ? (kit.wholeRow ?? '') : ''}
      data={values.map((each) => ({ value: each, label: choices[each] }))}
      value={value}
      onChange={({ currentTarget }) => {
        const chosen = values.find((each) => each === currentTarget.value)
        if (chosen !== undefined) onChange(chosen)
      }}
    />
  )
}

/** Returns a problem, which may begin in the middle of a sentence, as a sentence. */
export function sentence(problem: string): string {
  return `${problem.charAt(0).toUpperCase()}${problem.slice(1)}${/[.!?]$/.test(problem) ? '' : '.'}`
}
