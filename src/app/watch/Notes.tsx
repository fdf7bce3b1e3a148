import { ActionIcon, Button, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { carriedMap } from '../stores/island-choice.ts'
import { useWatch, type WatchedAgent } from '../stores/watch.ts'
import { changeWatchSettings, useWatchSettings } from '../stores/watch-settings.ts'
import { AlertIcon, CloseIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import classes from './Notes.module.css'
import type { Playback } from './playback.ts'

interface NotesProps {
  readonly playback: Playback | undefined
}

/** Renders messages over the picture: problems, and notes on what is shown. */
export function Notes({ playback }: NotesProps) {
  const agents = useWatch((state) => state.agents)
  const fileProblem = useWatch((state) => state.fileProblem)
  const notice = useWatch((state) => state.notice)
  const replaying = useWatch((state) => state.replaying)
  const path = agents.find(({ pathOnly }) => pathOnly !== undefined)?.pathOnly
  return (
    <div className={classes.notes}>
      <Problems agents={agents} playback={playback} />
      {fileProblem ? (
        <Note role="alert" onClose={() => useWatch.setState({ fileProblem: undefined })}>
          <AlertIcon /> {fileProblem}
        </Note>
      ) : null}
      {path ? <Note>{path}</Note> : null}
      {replaying ? (
        <Note>{replaying}, played again. Use any control to continue from here.</Note>
      ) : null}
      {notice ? (
        <Note onClose={() => useWatch.setState({ notice: undefined })}>{notice}</Note>
      ) : null}
    </div>
  )
}

interface NoteProps {
  readonly children: ReactNode
  readonly role?: 'alert'
  onClose?(): void
}

function Note({ children, role, onClose }: NoteProps) {
  return (
    <div className={`${kit.glass} ${classes.note}`} role={role}>
      <span className={classes.words}>{children}</span>
      {onClose ? (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          aria-label="Dismiss"
          onClick={() => onClose()}
        >
          <CloseIcon size={14} />
        </ActionIcon>
      ) : null}
    </div>
  )
}

const TITLES = {
  model: 'cannot be shown',
  device: 'cannot run on this device',
  other: 'cannot continue',
} as const

interface ProblemsProps extends NotesProps {
  readonly agents: readonly WatchedAgent[]
}

/** Renders why agents do not act, with each reason once, and possible remedies. */
function Problems({ agents, playback }: ProblemsProps) {
  const { device, island } = useWatchSettings()
  const hasRecordings = carriedMap(island) === undefined
  const told = agents.flatMap(({ problem, title, phase }) =>
    problem ? [{ problem, title, phase }] : [],
  )
  const first = told[0]
  if (!first) return null
  const same = told.every(({ problem }) => problem.message === first.problem.message)
  const isDevice = told.some(({ problem }) => problem.kind === 'device')
  return (
    <div className={classes.problem} role="alert">
      {(same ? [first] : told).map(({ problem, title }) => (
        <div key={title}>
          <Text fw={650} size="sm">
            <AlertIcon size={15} /> {title} {TITLES[problem.kind]}
          </Text>
          <Text size="sm">{problem.message}</Text>
        </div>
      ))}
      <Group gap={8}>
        <Button size="compact-sm" onClick={() => void playback?.retry()}>
          Try again
        </Button>
        {isDevice && device !== 'wasm' ? (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => changeWatchSettings({ device: 'wasm' })}
          >
            Use the CPU instead
          </Button>
        ) : null}
        <Text size="xs" c="dimmed">
          {hasRecordings
            ? 'A recording plays in the meantime.'
            : 'Recordings are from the first island, so none plays on this one.'}
        </Text>
      </Group>
    </div>
  )
}
