import { TextInput } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { capitalised } from '../sentences.ts'
import { type NumberRange, readNumber } from './number-text.ts'

export interface NumberFieldProps extends NumberRange {
  readonly label: string
  readonly description?: string
  readonly className?: string
  /** Problem of the value with other fields, as a sentence. */
  readonly problem?: string | undefined
  /** Current value. */
  readonly value: number
  /** Called with each number in the range while it is typed. */
  onChange(value: number): void
}

/**
 * Field for one number, with a decimal point or comma. For invalid text it shows the problem and the value that
 * stays in use, and blocks submission of its form. Arrow keys step whole numbers.
 */
export function NumberField(props: NumberFieldProps) {
  const { label, description = null, className = '', value, onChange, ...others } = props
  const { problem: contradiction, ...range } = others
  // Text being typed; undefined while the field shows the current value.
  const [typed, setTyped] = useState<string>()
  const reading = typed === undefined ? { value } : readNumber(typed, range)
  const problem = reading.problem && `${capitalised(reading.problem)}; ${value} is used until then.`
  const ref = useValidity(problem)
  // A change of the value from outside replaces the typed text.
  const used = useRef(value)
  useEffect(() => {
    if (used.current !== value) setTyped(undefined)
    used.current = value
  }, [value])

  const take = (text: string) => {
    setTyped(text)
    const read = readNumber(text, range)
    if (read.value === undefined || read.value === value) return
    used.current = read.value
    onChange(read.value)
  }
  const step = (event: KeyboardEvent) => {
    const direction = STEPS[event.key]
    if (direction === undefined || reading.value === undefined || !range.integer) return
    event.preventDefault()
    take(String(clamped(reading.value + direction, range)))
  }
  return (
    <TextInput
      ref={ref}
      {...{ label, description, className }}
      inputMode={range.integer ? 'numeric' : 'decimal'}
      autoComplete="off"
      error={problem ?? contradiction}
      value={typed ?? String(value)}
      onChange={({ currentTarget }) => take(currentTarget.value)}
      onKeyDown={step}
      onBlur={() => {
        if (problem === undefined) setTyped(undefined)
      }}
    />
  )
}

const STEPS: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1 }

function clamped(value: number, { minimum, maximum }: NumberRange): number {
  return Math.min(maximum, Math.max(minimum, value))
}

/** Returns a ref for an input, whose form reports the problem as the input's custom validity. */
function useValidity(problem: string | undefined) {
  const ref = useRef<HTMLInputElement>(null)
  useEffect(() => ref.current?.setCustomValidity(problem ?? ''), [problem])
  return ref
}
