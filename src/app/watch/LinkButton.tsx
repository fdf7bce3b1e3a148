import { ActionIcon, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { useWatch } from '../stores/watch.ts'
import { LinkIcon } from '../ui/icons.tsx'
import type { Playback } from './playback.ts'

const SAID_MS = 2_000

/** Copies a link to exactly this moment. */
export function LinkButton({ playback }: { readonly playback: Playback | undefined }) {
  const [copied, setCopied] = useState(false)
  const ready = useWatch((state) => state.status === 'ready')
  const copy = async (link: string) => {
    try {
      await navigator.clipboard.writeText(link)
      setCopied(true)
      setTimeout(() => setCopied(false), SAID_MS)
      useWatch.setState({ announcement: 'The link to this moment is copied.' })
    } catch {
      // Refused, or not a secure page: the visitor can copy it by hand.
      useWatch.setState({ notice: `Copy this link to the moment: ${link}` })
    }
  }
  return (
    <Tooltip label={copied ? 'Copied' : 'Copy a link to this moment'}>
      <ActionIcon
        variant="default"
        size={42}
        aria-label="Copy a link to this moment"
        disabled={!ready}
        onClick={() => {
          if (playback) void copy(playback.link())
        }}
      >
        <LinkIcon size={19} />
      </ActionIcon>
    </Tooltip>
  )
}
