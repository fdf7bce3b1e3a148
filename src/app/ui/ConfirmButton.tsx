import { Button, type ButtonProps } from '@mantine/core'
import { useState } from 'react'

/** Text on the button, and its accessible name. */
interface Words {
  readonly words: string
  readonly name: string
}

interface ConfirmButtonProps extends Pick<ButtonProps, 'size'> {
  readonly first: Words
  /** Text after the first press, which asks for confirmation. */
  readonly then: Words
  onConfirm(): void
}

/** Button for an action that cannot be undone, which has to be pressed twice. Losing the focus resets it. */
export function ConfirmButton({ first, then, onConfirm, ...button }: ConfirmButtonProps) {
  const [asked, setAsked] = useState(false)
  const { words, name } = asked ? then : first
  return (
    <Button
      {...button}
      variant={asked ? 'filled' : 'subtle'}
      color={asked ? 'red' : 'gray'}
      aria-label={name}
      onBlur={() => setAsked(false)}
      onClick={() => {
        if (asked) onConfirm()
        setAsked(!asked)
      }}
    >
      {words}
    </Button>
  )
}
