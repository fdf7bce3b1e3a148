import { Box, Text, Tooltip } from '@mantine/core'
import type { MouseEvent, ReactNode } from 'react'
import { CameraIcon, PauseIcon, PlayIcon, RestartIcon, UndoIcon } from '../ui/icons.tsx'
import kit from '../ui/kit.module.css'
import type { DeskControls } from './desk-controls.ts'
import classes from './PlaybackBar.module.css'
import { useDesk } from './store.ts'
import { CAMERAS, type DeskCamera, nextCamera, SPEEDS, useView } from './view.ts'

const CAMERA_NAMES: Readonly<Record<DeskCamera, string>> = {
  behind: 'Behind',
  above: 'Above',
  map: 'Map',
}

/** Renders the controls for playback and camera, which apply to both clips. */
export function PlaybackBar({ desk }: { readonly desk: DeskControls | undefined }) {
  const playing = useDesk((state) => state.playing)
  return (
    <div className={classes.bar}>
      <div className={`${kit.track} ${kit.wholeRow}`} aria-hidden="true">
        <div
          className={kit.done}
          style={{ background: 'var(--mantine-color-dimmed)' }}
          ref={(element) => {
            if (desk) desk.pairs.player.bar = element
          }}
        />
      </div>
      <fieldset className={classes.group} aria-label="Playback">
        <Tool
          label={playing ? 'Pause' : 'Play'}
          hint="Space"
          onPress={() => desk?.pairs.player.toggle()}
        >
          {playing ? <PauseIcon /> : <PlayIcon />}
        </Tool>
        <Tool label="Replay" hint="R" onPress={() => desk?.pairs.replay()}>
          <RestartIcon />
          <Text span inherit visibleFrom="sm">
            Replay
          </Text>
        </Tool>
        {desk && !desk.back ? null : (
          <Tool label="Undo" hint="Backspace" rapid onPress={() => desk?.back?.()}>
            <UndoIcon />
            <Text span inherit visibleFrom="sm">
              Undo
            </Text>
          </Tool>
        )}
      </fieldset>
      <Speeds />
      <Cameras />
    </div>
  )
}

function Speeds() {
  const speed = useView((view) => view.speed)
  return (
    <fieldset className={classes.group} aria-label="Speed">
      {SPEEDS.map((each) => (
        <Tool
          key={each}
          label={`Speed ${each}×`}
          pressed={each === speed}
          onPress={() => useView.setState({ speed: each })}
        >
          {each}×
        </Tool>
      ))}
    </fieldset>
  )
}

/** Renders a button per camera, or on a telephone a single one that cycles through them. */
function Cameras() {
  const camera = useView((view) => view.camera)
  return (
    <>
      <Box
        component="fieldset"
        className={`${classes.group} ${classes.wide}`}
        visibleFrom="sm"
        aria-label="Camera"
      >
        {CAMERAS.map((each) => (
          <Tool
            key={each}
            label={`Camera: ${CAMERA_NAMES[each].toLowerCase()}`}
            pressed={each === camera}
            onPress={() => useView.setState({ camera: each })}
          >
            {CAMERA_NAMES[each]}
          </Tool>
        ))}
      </Box>
      <Box className={classes.group ?? ''} miw={86} hiddenFrom="sm">
        <Tool
          label={`Camera: ${CAMERA_NAMES[camera].toLowerCase()}. Change camera`}
          onPress={nextCamera}
        >
          <CameraIcon />
          {CAMERA_NAMES[camera]}
        </Tool>
      </Box>
    </>
  )
}

interface ToolProps {
  readonly label: string
  readonly hint?: string
  readonly pressed?: boolean
  /** Whether the button is meant to be clicked in quick succession. */
  readonly rapid?: boolean
  readonly children: ReactNode
  onPress(): void
}

/** Renders a button. A radio button would take the arrow keys, which give answers here. */
function Tool({ label, hint, pressed, rapid, children, onPress }: ToolProps) {
  const button = (
    <button
      type="button"
      className={classes.tool}
      aria-label={label}
      aria-pressed={pressed}
      data-rapid={rapid}
      onMouseDown={keepFocus}
      onClick={onPress}
    >
      {children}
    </button>
  )
  return hint ? <Tooltip label={`${label} (${hint})`}>{button}</Tooltip> : button
}

/** Keeps a click from focusing the button: Space would then press it again. */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault()
}
