import { Button } from '@mantine/core'
import { PauseIcon, PlayIcon } from '../ui/icons.tsx'
import { toggleMotion, useMotion } from './loop.ts'

/** Plays or pauses all maps of the page, which move in step. */
export function MotionButton() {
  const playing = useMotion((state) => state.playing)
  return (
    <Button
      variant="default"
      leftSection={playing ? <PauseIcon /> : <PlayIcon />}
      onClick={toggleMotion}
    >
      {playing ? 'Pause the maps' : 'Play the maps'}
    </Button>
  )
}
