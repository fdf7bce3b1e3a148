import { NativeSelect, TextInput, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useId } from 'react'
import { describeRange, type Field, type Fields } from '../../alignment/index.ts'
import type { TrainingPart } from '../../procedure/training/index.ts'
import { PARTS } from '../../procedure/training/index.ts'
import kit from '../ui/kit.module.css'
import { changeTyped, type Typed } from './draft.ts'
import classes from './RecipeForm.module.css'
import { problemOfText } from './recipes.ts'
import { fieldName } from './words.ts'

interface RecipeFormProps {
  readonly part: TrainingPart
  readonly fields: Fields
  readonly typed: Typed
}

/** Form generated from a recipe's fields: the main ones first, all others in a collapsed section. */
export function RecipeForm({ part, fields, typed }: RecipeFormProps) {
  const first = PARTS[part].mainFields.filter((name) => name in fields)
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
      <legend className={kit.label}>{PARTS[part].title}</legend>
      <div className={classes.fields}>{first.map(input)}</div>
      <details>
        <summary className={kit.faint}>
          {others.length} more settings{changed > 0 ? `, ${changed} changed` : ''}
          <VisuallyHidden> of: {PARTS[part].title}</VisuallyHidden>
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
  /** Typed text; undefined where the field has its default. */
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
          title={`Reset to ${field.default}`}
          onClick={() => changeTyped(id, undefined)}
        >
          Reset
        </UnstyledButton>
      )}
    </div>
  )
}
