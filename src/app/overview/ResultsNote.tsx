import { Button, Loader, Text } from '@mantine/core'
import { WORLD_VERSION } from '../../island/index.ts'
import { loadResults, useResults } from '../data/results.ts'
import { AlertIcon } from '../ui/icons.tsx'
import classes from './Overview.module.css'

/** Renders the state of the results: loading, failed, or from another world version; nothing otherwise. */
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
