import { useState } from 'react'

/** Milliseconds for which a button shows that the link was copied. */
const SAID_MS = 2_000

/** Result of copying: an announcement, or a notice with the link where it could not be copied. */
type Told = { readonly announcement: string } | { readonly notice: string }

interface CopiedLink {
  /** Whether a link was copied a moment ago. */
  readonly copied: boolean
  copy(link: string): Promise<void>
}

/** Returns a function that copies links to a `what` to the clipboard and reports the result to `tell`. */
export function useCopiedLink(what: string, tell: (told: Told) => void): CopiedLink {
  const [copied, setCopied] = useState(false)
  const copy = async (link: string) => {
    try {
      await navigator.clipboard.writeText(link)
      setCopied(true)
      setTimeout(() => setCopied(false), SAID_MS)
      tell({ announcement: `The link to this ${what} is copied.` })
    } catch {
      // Permission denied, or not a secure context: the visitor can copy the link by hand.
      tell({ notice: `Copy this link to the ${what}: ${link}` })
    }
  }
  return { copied, copy }
}
