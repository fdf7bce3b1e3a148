import { Button } from '@mantine/core'
import { useState } from 'react'
import { LinkIcon } from '../../ui/icons.tsx'
import { tell, tellProblem } from '../store.ts'

/** Milliseconds for which the button shows that the text was copied. */
const SAID_MS = 2_000

interface CopyButtonProps {
  readonly text: string
  readonly label: string
  /** Accessible name, where the label does not say what is copied. */
  readonly name?: string
  /** What is copied, with its verb, as in `The link of labeller 3 is`. */
  readonly what: string
  readonly disabled?: boolean
  onCopied(): void
}

/** Button that copies text to the clipboard. */
export function CopyButton({
  text,
  label,
  name,
  what,
  disabled = false,
  onCopied,
}: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      onCopied()
      setCopied(true)
      setTimeout(() => setCopied(false), SAID_MS)
      tell(`${what} copied.`)
    } catch {
      // Permission denied, or not a secure context.
      tellProblem(`${what} not copied, as the browser does not allow it: use the CSV file instead.`)
    }
  }
  return (
    <Button
      size="xs"
      variant="default"
      disabled={disabled}
      leftSection={<LinkIcon size={15} />}
      {...(name === undefined ? {} : { 'aria-label': name })}
      onClick={() => void copy()}
    >
      {copied ? 'Copied' : label}
    </Button>
  )
}
