import { Button, Loader, Text } from '@mantine/core'
import { WORLD_VERSION } from '../../island/index.ts'
import { AlertIcon } from '../shell/icons.tsx'
import { loadResults, useResults } from '../stores/results.ts'
import classes from './Overview.module.css'

/** What is to be known of the results before they are read; nothing where all is well. */
export function ResultsNote() {
  const { status, results, problem } = useResults()
  if (status === 'waiting') {
    return (
      <div className={classes.waiting} role="status">
        <Loader size="sm" />
        <Text c="dimmed">Loading the results…</Text>
      </div>
    )
  }
  if (problem !== undefined) {
    return (
      <div className={classes.note} role="alert">
        <AlertIcon />
        <Text size="sm">{problem} Until then the paper’s values stand alone.</Text>
        <Button size="compact-sm" variant="default" onClick={() => void loadResults()}>
          Try again
        </Button>
      </div>
    )
  }
  if (!results || results.worldVersion === WORLD_VERSION) return null
  return (
    <div className={classes.note} role="status">
      <AlertIcon />
      <Text size="sm">
        These results were measured in world version {results.worldVersion}; this lab has version{' '}
        {WORLD_VERSION}. Their numbers stand, their paths cannot be replayed.
      </Text>
    </div>
  )
}
