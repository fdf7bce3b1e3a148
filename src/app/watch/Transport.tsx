import { ActionIcon, Button, NativeSelect, SegmentedControl, Tooltip } from '@mantine/core'
import { startKindsOf } from '../../island/index.ts'
import { START_NAMES } from '../sentences.ts'
import { islandOf, startOf } from '../stores/island-choice.ts'
import { useWatch } from '../stores/watch.ts'
import {
  changeWatchSettings,
  LARGEST_SEED,
  SPEEDS,
  useWatchSettings,
} from '../stores/watch-settings.ts'
import {
  GamepadIcon,
  NextIcon,
  PauseIcon,
  PlayIcon,
  RestartIcon,
  StepBackIcon,
  StepIcon,
} from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import { NumberField } from '../ui/NumberField.tsx'
import { HowToPlay } from './HowToPlay.tsx'
import { LinkButton } from './LinkButton.tsx'
import type { Playback } from './playback.ts'
import { Scrubber } from './Scrubber.tsx'
import classes from './Transport.module.css'
import { WHY_FLAT, type WhyFlat } from './Views.tsx'

interface PartProps {
  readonly playback: Playback | undefined
}

interface TransportProps extends PartProps {
  /** Reason why the island is shown from above, if it is. */
  readonly flat: WhyFlat | undefined
}

/** Renders the playback controls: scrub, pause, step, restart, next, take over, speed, seed, start. */
export function Transport({ playback, flat }: TransportProps) {
  const takenOver = useWatch((state) => state.takenOver)
  return (
    <section className={`${kit.surface} ${kit.head} ${classes.bar}`} aria-label="Playback">
      <div className={classes.time}>
        <Scrubber playback={playback} />
        <Speed />
      </div>
      <Buttons playback={playback} />
      <div className={kit.item}>
        <TakeOver playback={playback} />
        <LinkButton playback={playback} />
      </div>
      <Episode />
      {takenOver ? <HowToPlay /> : null}
      {flat ? (
        <p className={`${kit.small} ${classes.flat}`}>
          {WHY_FLAT[flat]}, so the island is shown from above. The agent is not affected.
        </p>
      ) : null}
    </section>
  )
}

function Buttons({ playback }: PartProps) {
  const playing = useWatch((state) => state.playing)
  const ready = useWatch((state) => state.status === 'ready')
  const decisions = useWatch((state) => state.decisions)
  const takenOver = useWatch((state) => state.takenOver)
  return (
    <div className={`${kit.item} ${classes.buttons}`}>
      <Small
        label="Restart"
        hint="Restart this episode (R)"
        disabled={!ready}
        onPress={() => playback?.restart()}
      >
        <RestartIcon size={19} />
      </Small>
      <Small
        label="One decision back"
        hint="One decision back (,)"
        disabled={!ready || decisions === 0 || takenOver}
        rapid
        onPress={() => playback?.seek(decisions - 1)}
      >
        <StepBackIcon size={19} />
      </Small>
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
      <Small
        label="One decision forward"
        hint="One decision forward (.)"
        disabled={!ready}
        rapid
        onPress={() => playback?.step()}
      >
        <StepIcon size={19} />
      </Small>
      <Small
        label="Next seed"
        hint="Next seed (N)"
        disabled={!ready}
        onPress={() => playback?.nextSeed()}
      >
        <NextIcon size={19} />
      </Small>
    </div>
  )
}

interface SmallProps {
  readonly label: string
  readonly hint: string
  readonly disabled: boolean
  /** Whether the button is meant to be clicked in quick succession. */
  readonly rapid?: boolean
  readonly children: React.ReactNode
  onPress(): void
}

function Small({ label, hint, disabled, rapid, children, onPress }: SmallProps) {
  return (
    <Tooltip label={hint}>
      <ActionIcon
        variant="default"
        size={42}
        aria-label={label}
        disabled={disabled}
        data-rapid={rapid}
        onClick={onPress}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}

function TakeOver({ playback }: PartProps) {
  const takenOver = useWatch((state) => state.takenOver)
  const ready = useWatch(
    ({ status, agents }) =>
      status === 'ready' && !agents.some(({ pathOnly }) => pathOnly !== undefined),
  )
  return (
    <Tooltip
      label={takenOver ? 'Hand control back to the agent (Esc)' : 'Play yourself from here (T)'}
    >
      <Button
        className={classes.takeOver ?? ''}
        size="md"
        px="md"
        variant={takenOver ? 'filled' : 'default'}
        disabled={!ready}
        leftSection={<GamepadIcon size={20} />}
        onClick={() => (takenOver ? playback?.handBack() : void playback?.takeOver())}
      >
        {takenOver ? 'Hand back' : 'Take over'}
      </Button>
    </Tooltip>
  )
}

function Speed() {
  const { speed } = useWatchSettings()
  const pace = useWatch((state) => (state.playing ? state.pace : undefined))
  return (
    <div className={`${kit.item} ${classes.speed}`}>
      {pace === undefined ? null : (
        <Tooltip label="The agent needs more time per decision than this speed allows">
          <span className={`${kit.small} ${kit.nowrap}`}>
            {(pace * speed).toFixed(1)}× on this device
          </span>
        </Tooltip>
      )}
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
  const settings = useWatchSettings()
  const { seed, island } = settings
  const start = startOf(settings)
  const kinds = startKindsOf(islandOf(island).map)
  return (
    <div className={`${kit.item} ${classes.episode}`}>
      <NumberField
        className={classes.seed ?? ''}
        label="Seed"
        minimum={0}
        maximum={LARGEST_SEED}
        integer
        value={seed}
        onChange={(chosen) => changeWatchSettings({ seed: chosen })}
      />
      <NativeSelect
        size="sm"
        aria-label="Start"
        data={kinds.map((kind) => ({ value: kind, label: START_NAMES[kind] }))}
        value={start}
        onChange={({ currentTarget }) => {
          const chosen = kinds.find((kind) => kind === currentTarget.value)
          if (chosen) changeWatchSettings({ start: chosen })
        }}
      />
    </div>
  )
}
