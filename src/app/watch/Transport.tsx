import {
  ActionIcon,
  Button,
  NativeSelect,
  NumberInput,
  SegmentedControl,
  Tooltip,
} from '@mantine/core'
import { START_KINDS } from '../../island/index.ts'
import { START_NAMES } from '../sentences.ts'
import { NextIcon, PauseIcon, PlayIcon, RestartIcon } from '../shell/icons.tsx'
import { useWatch } from '../stores/watch.ts'
import {
  changeWatchSettings,
  LARGEST_SEED,
  SPEEDS,
  useWatchSettings,
} from '../stores/watch-settings.ts'
import type { Playback } from './playback.ts'
import classes from './Transport.module.css'

interface TransportProps {
  readonly playback: Playback | undefined
}

/** Time and episodes: pause, restart, next, speed, seed, start. */
export function Transport({ playback }: TransportProps) {
  return (
    <section className={classes.bar} aria-label="Playback">
      <Buttons playback={playback} />
      <Speed />
      <Episode />
    </section>
  )
}

function Buttons({ playback }: TransportProps) {
  const playing = useWatch((state) => state.playing)
  const ready = useWatch((state) => state.status === 'ready')
  return (
    <div className={classes.buttons}>
      <Tooltip label="Restart this episode (R)">
        <ActionIcon
          variant="default"
          size={42}
          aria-label="Restart"
          disabled={!ready}
          onClick={() => playback?.restart()}
        >
          <RestartIcon size={20} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={playing ? 'Pause (Space)' : 'Play (Space)'}>
        <Button
          className={classes.play ?? ''}
          size="md"
          px="md"
          disabled={!ready}
          leftSection={playing ? <PauseIcon size={20} /> : <PlayIcon size={20} />}
          onClick={() => playback?.toggle()}
        >
          <span className={classes.playWord}>{playing ? 'Pause' : 'Play'}</span>
        </Button>
      </Tooltip>
      <Tooltip label="Next seed (N)">
        <ActionIcon
          variant="default"
          size={42}
          aria-label="Next seed"
          disabled={!ready}
          onClick={() => playback?.nextSeed()}
        >
          <NextIcon size={20} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

function Speed() {
  const { speed } = useWatchSettings()
  return (
    <div className={classes.speed}>
      <SegmentedControl
        size="sm"
        fullWidth
        aria-label="Speed"
        data={SPEEDS.map((value) => ({ value: String(value), label: `${SPEED_NAMES[value]}×` }))}
        value={String(speed)}
        onChange={(text) => {
          const chosen = SPEEDS.find((value) => String(value) === text)
          if (chosen) changeWatchSettings({ speed: chosen })
        }}
      />
    </div>
  )
}

const SPEED_NAMES: Record<(typeof SPEEDS)[number], string> = {
  0.25: '¼',
  0.5: '½',
  1: '1',
  2: '2',
  4: '4',
}

function Episode() {
  const { seed, start } = useWatchSettings()
  return (
    <div className={classes.episode}>
      <NumberInput
        className={classes.seed ?? ''}
        size="sm"
        label="Seed"
        min={0}
        max={LARGEST_SEED}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        value={seed}
        onChange={(value) => {
          if (typeof value === 'number') changeWatchSettings({ seed: value })
        }}
      />
      <NativeSelect
        size="sm"
        aria-label="Start"
        data={START_KINDS.map((kind) => ({ value: kind, label: START_NAMES[kind] }))}
        value={start}
        onChange={({ currentTarget }) => {
          const chosen = START_KINDS.find((kind) => kind === currentTarget.value)
          if (chosen) changeWatchSettings({ start: chosen })
        }}
      />
    </div>
  )
}
