import { VisuallyHidden } from '@mantine/core'
import { useMediaQuery, useReducedMotion } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { useFocused, useWatch } from '../stores/watch.ts'
import { changeWatchSettings, useWatchSettings } from '../stores/watch-settings.ts'
import { Announcer } from '../ui/Announcer.tsx'
import { DropZone } from '../ui/DropZone.tsx'
import { AgentsCard } from './AgentsCard.tsx'
import { GalleryCard } from './GalleryCard.tsx'
import { HeadsCard } from './HeadsCard.tsx'
import { IslandCard } from './IslandCard.tsx'
import { OutcomeCard } from './OutcomeCard.tsx'
import { openFiles } from './open-file.ts'
import { PathsCard } from './PathsCard.tsx'
import { PlaysCard } from './PlaysCard.tsx'
import { Playback } from './playback.ts'
import { RewardCard } from './RewardCard.tsx'
import { SensesPair } from './SensesPair.tsx'
import { Stage } from './Stage.tsx'
import { Transport } from './Transport.tsx'
import { useWatchHotkeys } from './use-watch-hotkeys.ts'
import { useFlat } from './Views.tsx'
import classes from './Watch.module.css'

/** Watch page: live agents on the island, with their frames, gamepads and outcomes. */
export default function WatchPage() {
  const playback = usePlayback()
  useWatchHotkeys(playback)
  useOwnHands(playback)
  const announcement = useWatch((state) => state.announcement)
  const [flat, setFlat] = useFlat()
  const roomy = useMediaQuery('(min-width: 62em)', undefined, { getInitialValueInEffect: false })
  return (
    <DropZone
      className={classes.page}
      invitation="Drop an ONNX model to watch it"
      onFiles={(files) => void openFiles(files, () => void playback?.retry())}
    >
      <VisuallyHidden component="h1">Watch agents</VisuallyHidden>
      <Stage playback={playback} roomy={roomy ?? false} flat={flat} onFlat={setFlat} />
      <Transport playback={playback} flat={flat} />
      {roomy ? null : <FocusedSenses />}
      <aside className={classes.aside} aria-label="About these agents">
        <AgentsCard playback={playback} />
        <IslandCard />
        <RewardCard playback={playback} />
        <OutcomeCard />
        <HeadsCard />
        <PathsCard />
        <PlaysCard />
        <GalleryCard />
      </aside>
      <Announcer label="Announcements">{announcement}</Announcer>
    </DropZone>
  )
}

/** Renders the frame and gamepad of the agent in focus, on screens too small for those of every agent. */
function FocusedSenses() {
  const agent = useFocused()
  const focus = useWatch((state) => state.focus)
  return agent ? <SensesPair index={focus} agent={agent} small={false} /> : null
}

/** Hands the gamepad to the visitor, once, where the address asks for it. */
function useOwnHands(playback: Playback | undefined): void {
  const { hands } = useWatchSettings()
  const ready = useWatch((state) => state.status === 'ready')
  useEffect(() => {
    if (hands === 'agent' || !ready || !playback) return
    let frame = 0
    // The first moment of the episode, before which there is nothing to take over, comes a little later.
    const attempt = () => {
      void playback.takeOver()
      if (useWatch.getState().takenOver) changeWatchSettings({ hands: 'agent' })
      else frame = requestAnimationFrame(attempt)
    }
    attempt()
    return () => cancelAnimationFrame(frame)
  }, [hands, ready, playback])
}

/** Returns the playback, which starts paused with reduced motion. */
function usePlayback(): Playback | undefined {
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const [playback, setPlayback] = useState<Playback>()
  useEffect(() => {
    const created = new Playback(!still)
    setPlayback(created)
    return () => created.dispose()
  }, [still])
  return playback
}
