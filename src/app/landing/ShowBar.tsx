import { ActionIcon, Button, Group, Progress, Tooltip } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useLanding } from '../stores/landing.ts'
import { parameterCount } from '../ui/format.ts'
import { NextIcon, PauseIcon, PlayIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import classes from './Landing.module.css'
import type { Show } from './show.ts'

interface ShowBarProps {
  readonly show: Show | undefined
}

/** Renders the playback controls, and what is being played or loaded. */
export function ShowBar({ show }: ShowBarProps) {
  const playing = useLanding((state) => state.playing)
  const seed = useLanding((state) => state.seed)
  useHotkeys([['Space', () => show?.toggle()]], ['BUTTON', 'A', 'INPUT'])
  return (
    <section className={`${kit.surface} ${kit.head} ${classes.bar}`} aria-label="Playback">
      <Group gap={8}>
        <Tooltip label={playing ? 'Pause (Space)' : 'Play (Space)'}>
          <Button
            leftSection={playing ? <PauseIcon /> : <PlayIcon />}
            onClick={() => show?.toggle()}
          >
            <span className={classes.playWord}>{playing ? 'Pause' : 'Play'}</span>
          </Button>
        </Tooltip>
        <Tooltip label="Another start">
          <ActionIcon
            variant="default"
            size={36}
            aria-label="Another start"
            onClick={() => show?.nextSeed()}
          >
            <NextIcon />
          </ActionIcon>
        </Tooltip>
        <span className={kit.sentence}>Seed {seed}</span>
      </Group>
      <Status show={show} />
    </section>
  )
}

const STATUS = `${kit.row} ${kit.sentence} ${classes.status}`

function Status({ show }: ShowBarProps) {
  const cast = useLanding((state) => state.cast)
  const loading = useLanding((state) => state.loading)
  const problem = useLanding((state) => state.problem)
  const opened = useLanding((state) => state.opened)
  if (problem) {
    return (
      <div className={STATUS} role="alert">
        <span>The agents cannot run here, so recorded episodes keep playing. {problem}</span>
        <Button size="compact-sm" variant="default" onClick={() => void show?.load()}>
          Try again
        </Button>
      </div>
    )
  }
  if (loading) {
    const percent = Math.round(100 * loading.part)
    return (
      <div className={STATUS}>
        <span>
          {opened ? 'Loading' : 'Playing recordings. Loading'} {loading.waitingFor}… {percent} %
        </span>
        <Progress
          w={200}
          value={percent}
          size="sm"
          aria-label={`Loading ${loading.waitingFor}`}
          transitionDuration={200}
        />
      </div>
    )
  }
  if (!opened) return null
  return (
    <p className={STATUS}>
      {cast === 'live'
        ? `Live: networks of ${parameterCount(opened.parameters)} parameters decide ten times a second in this tab, on ${DEVICES[opened.device]}.`
        : 'The agents are ready: they take over at the next start.'}
    </p>
  )
}

const DEVICES = { webgpu: 'the GPU', wasm: 'the CPU' } as const
