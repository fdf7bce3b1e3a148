import { Button, Loader, Stack, Text } from '@mantine/core'
import { WORLD_VERSION } from '../../island/index.ts'
import { loadResults, useResults } from '../data/results.ts'
import { Notice } from '../ui/Notice.tsx'

/** Renders the state of the results: loading, failed, or from another world version; nothing otherwise. */
export function ResultsNote() {
  const { status, results, problem } = useResults()
  if (status === 'waiting') {
    return (
      <Stack flex={1} gap={12} mih={320} align="center" justify="center" role="status">
        <Loader size="sm" />
        <Text c="dimmed">Loading the results…</Text>
      </Stack>
    )
  }
  if (problem !== undefined) {
    return (
      <Notice
        role="alert"
        action={
          <Button size="compact-sm" variant="default" onClick={() => void loadResults()}>
            Try again
          </Button>
        }
      >
        {problem} Until then, only the paper’s values are shown.
      </Notice>
    )
  }
  if (!results || results.worldVersion === WORLD_VERSION) return null
  return (
    <Notice role="status">
      These results were measured in world version {results.worldVersion}; this lab has version{' '}
      {WORLD_VERSION}. The numbers are still valid, but the paths cannot be replayed.
    </Notice>
  )
}
