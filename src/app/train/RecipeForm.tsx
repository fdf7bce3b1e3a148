import { NativeSelect, TextInput, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useId } from 'react'
import { describeRange, type Field, type Fields } from '../../alignment/index.ts'
import type { LearningPart } from '../../procedure/training/index.ts'
import kit from '../ui/kit.module.css'
import { changeTyped, type Typed } from './draft.ts'
import classes from './RecipeForm.module.css'
import { problemOfText } from './recipes.ts'
import { fieldName, PART_WORDS } from './words.ts'

/** What most would change first. */
const FIRST: Readonly<Record<LearningPart, readonly string[]>> = {
  imitation: ['steps', 'peakRate'],
  reward: ['steps', 'trunk'],
  preference: ['pool', 'share', 'steps'],
  reinforcement: ['steps', 'episodesPerUpdate', 'klWeight'],
}

interface RecipeFormProps {
  readonly part: LearningPart
  readonly fields: Fields
  readonly typed: Typed
}

/** A form made from a recipe's fields: what matters most first, all the others folded away. */
export function RecipeForm({ part, fields, typed }: RecipeFormProps) {
  const first = FIRST[part].filter((name) => name in fields)
  const others = Object.keys(fields).filter((name) => !first.includes(name))
  const changed = others.filter((name) => typed[`${part}.${name}`] !== undefined).length
  const input = (name: string) => {
    const field = fields[name]
    const key = `${part}.${name}`
    return field ? (
      <FieldInput key={key} id={key} name={name} field={field} text={typed[key]} />
    ) : null
  }
  return (
    <fieldset className={`${kit.stack} ${classes.part}`}>
      <legend className={kit.label}>{PART_WORDS[part].title}</legend>
      <div className={classes.fields}>{first.map(input)}</div>
      <details>
        <summary className={kit.faint}>
          {others.length} more settings{changed > 0 ? `, ${changed} changed` : ''}
          <VisuallyHidden> of: {PART_WORDS[part].title}</VisuallyHidden>
        </summary>
        <div className={classes.fields}>{others.map(input)}</div>
      </details>
    </fieldset>
  )
}

interface FieldInputProps {
  /** `part.field`. */
  readonly id: string
  readonly name: string
  readonly field: Field
  /** As it was typed; undefined where it is at its default. */
  readonly text: string | undefined
}

function FieldInput({ id, name, field, text }: FieldInputProps) {
  const labelId = useId()
  const value = text ?? String(field.default)
  const problem = text === undefined ? undefined : problemOfText(field, text)
  const change = (typed: string) =>
    changeTyped(id, typed === String(field.default) ? undefined : typed)
  const common = {
    size: 'sm',
    value,
    error: problem,
    'data-changed': text !== undefined || undefined,
    label: <span id={labelId}>{fieldName(name)}</span>,
    description: `${field.help}.`,
    inputWrapperOrder: ['label', 'input', 'error', 'description'] as const,
  }
  return (
    <div className={classes.field} data-changed={text !== undefined || undefined}>
      {field.kind === 'choice' ? (
        <NativeSelect
          {...common}
          inputWrapperOrder={[...common.inputWrapperOrder]}
          data={[...field.choices]}
          onChange={({ currentTarget }) => change(currentTarget.value)}
        />
      ) : (
        <TextInput
          {...common}
          inputWrapperOrder={[...common.inputWrapperOrder]}
          description={`${field.help}: ${describeRange(field)}.`}
          inputMode={field.integer ? 'numeric' : 'decimal'}
          autoComplete="off"
          onChange={({ currentTarget }) => change(currentTarget.value)}
        />
      )}
      {text === undefined ? null : (
        <UnstyledButton
          className={classes.reset}
          aria-label={`Reset ${fieldName(name)} to ${field.default}`}
          title={`To ${field.default}`}
          onClick={() => changeTyped(id, undefined)}
        >
          Reset
        </UnstyledButton>
      )}
    </div>
  )
}
