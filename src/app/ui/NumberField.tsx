import { TextInput } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { type NumberRange, readNumber } from './number-text.ts'

export interface NumberFieldProps extends NumberRange {
  readonly label: string
  readonly description?: string
  readonly className?: string
  /** The number in use. */
  readonly value: number
  /** Hears of each number that the range takes, as it is typed. */
  onChange(value: number): void
}

/**
 * A field for one number. Takes what people write in either notation, says what is wrong with anything
 * else and which number is used until then, and keeps its form from being submitted. Arrow keys step.
 */
export function NumberField(props: NumberFieldProps) {
  const { label, description = null, className = '', value, onChange, ...range } = props
  // The text that is being typed; undefined where the field shows the number in use.
  const [typed, setTyped] = useState<string>()
  const reading = typed === undefined ? { value } : readNumber(typed, range)
  const problem = reading.problem && `${capitalised(reading.problem)}; ${value} is used until then.`
  const ref = useValidity(problem)
  // What changes the number from elsewhere takes the place of what was typed.
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
      error={problem}
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

/** Tells the form of an input what is wrong with it. */
function useValidity(problem: string | undefined) {
  const ref = useRef<HTMLInputElement>(null)
  useEffect(() => ref.current?.setCustomValidity(problem ?? ''), [problem])
  return ref
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
