import { Button, Group, Text } from '@mantine/core'
import { AlertIcon } from '../shell/icons.tsx'
import { useWatch } from '../stores/watch.ts'
import { changeWatchSettings, useWatchSettings } from '../stores/watch-settings.ts'
import type { Playback } from './playback.ts'
import classes from './Stage.module.css'

const TITLES = {
  model: 'This agent cannot be shown',
  device: 'The device cannot run the agent',
  other: 'Something went wrong',
} as const

/** What went wrong, in words, and what can be done about it. */
export function ProblemNote({ playback }: { readonly playback: Playback | undefined }) {
  const problem = useWatch((state) => state.problem)
  const { device } = useWatchSettings()
  if (!problem) return null
  return (
    <div className={classes.problem} role="alert">
      <Text component="h2" fw={650} className={classes.problemTitle}>
        <AlertIcon />
        {TITLES[problem.kind]}
      </Text>
      <Text size="sm">{problem.message}</Text>
      <Group gap="xs" mt="sm">
        <Button size="xs" onClick={() => void playback?.open()}>
          Try again
        </Button>
        {problem.kind === 'device' && device !== 'wasm' ? (
          <Button
            size="xs"
            variant="default"
            onClick={() => changeWatchSettings({ device: 'wasm' })}
          >
            Use the processor instead
          </Button>
        ) : null}
      </Group>
    </div>
  )
}
