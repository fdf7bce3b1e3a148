import { ActionIcon, Tooltip } from '@mantine/core'
import { useWatch } from '../stores/watch.ts'
import { LinkIcon } from '../ui/icons.tsx'
import { useCopiedLink } from '../ui/use-copied-link.ts'
import type { Playback } from './playback.ts'

/** Button that copies a link to the current moment of the episode. */
export function LinkButton({ playback }: { readonly playback: Playback | undefined }) {
  const { copied, copy } = useCopiedLink('moment', useWatch.setState)
  const ready = useWatch((state) => state.status === 'ready')
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
