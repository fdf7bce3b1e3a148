import { useState } from 'react'

/** Milliseconds for which a button says that it has copied something. */
const SAID_MS = 2_000

/** What became of the link: an announcement, or a notice with the link where it could not be copied. */
type Told = { readonly announcement: string } | { readonly notice: string }

interface CopiedLink {
  /** Whether a link was copied a moment ago. */
  readonly copied: boolean
  copy(link: string): Promise<void>
}

/** Copies links to `what` to the clipboard, and tells what became of them. */
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
