import { Button } from '@mantine/core'
import { useState } from 'react'

interface SureButtonProps {
  readonly words: string
  /** What it says when it asks. */
  readonly sure: string
  /** Of what it is. */
  readonly name: string
  readonly size?: 'compact-sm' | 'sm'
  onSure(): void
}

/** Asks once more: what it does cannot be undone. */
export function SureButton({ words, sure, name, size = 'sm', onSure }: SureButtonProps) {
  const [asked, setAsked] = useState(false)
  return (
    <Button
      size={size}
      variant={asked ? 'filled' : 'subtle'}
      color={asked ? 'red' : 'gray'}
      aria-label={`${asked ? sure : words}: ${name}`}
      onBlur={() => setAsked(false)}
      onClick={() => {
        if (asked) onSure()
        setAsked(!asked)
      }}
    >
      {asked ? sure : words}
    </Button>
  )
}
