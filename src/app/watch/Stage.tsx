import { Box, Loader, SegmentedControl } from '@mantine/core'
import { SoundButton } from '../scene/SoundButton.tsx'
import { useWatch } from '../stores/watch.ts'
import {
  CAMERAS,
  type CameraKind,
  changeWatchSettings,
  useWatchSettings,
} from '../stores/watch-settings.ts'
import kit from '../ui/kit.module.css'
import { Notes } from './Notes.tsx'
import type { Playback } from './playback.ts'
import classes from './Stage.module.css'
import { TouchPads } from './TouchPads.tsx'
import { Views, type WhyFlat } from './Views.tsx'

const CAMERA_NAMES: Record<CameraKind, string> = { chase: 'Follow', orbit: 'Free', map: 'Map' }

interface StageProps {
  readonly playback: Playback | undefined
  /** Whether there is room for each agent's frame and gamepad. */
  readonly roomy: boolean
  readonly flat: WhyFlat | undefined
  onFlat(why: WhyFlat): void
}

/** Renders the views of the island with their overlaid controls and messages. */
export function Stage({ playback, roomy, flat, onFlat }: StageProps) {
  const takenOver = useWatch((state) => state.takenOver)
  const pathOnly = useWatch(({ agents }) => agents.some((agent) => agent.pathOnly !== undefined))
  const { camera } = useWatchSettings()
  return (
    <section
      className={classes.picture}
      aria-label="Island"
      data-taken-over={takenOver || undefined}
    >
      <Views flat={flat} roomy={roomy} onFlat={onFlat} />
      <Box
        className={`${kit.item} ${classes.top}`}
        // On small screens, the touch controls take this place while a visitor plays.
        {...(takenOver ? { visibleFrom: 'sm' } : {})}
      >
        {flat || pathOnly ? null : (
          <>
            <SegmentedControl
              className={kit.glass ?? ''}
              size="xs"
              aria-label="Camera"
              data={CAMERAS.map((kind) => ({ value: kind, label: CAMERA_NAMES[kind] }))}
              value={camera}
              onChange={(value) => changeWatchSettings({ camera: value })}
            />
            <SoundButton />
          </>
        )}
      </Box>
      <Notes playback={playback} />
      <Waiting />
      {takenOver && playback ? <TouchPads hands={playback.hands} /> : null}
    </section>
  )
}

function Waiting() {
  const status = useWatch((state) => state.status)
  const waitingFor = useWatch((state) => state.waitingFor)
  if (status !== 'loading') return null
  return (
    <p className={`${kit.glass} ${kit.item} ${classes.waiting}`}>
      <Loader size="xs" color="white" />
      Loading {waitingFor}…
    </p>
  )
}
