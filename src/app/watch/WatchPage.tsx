import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import { AgentCard } from './AgentCard.tsx'
import { AgentView } from './AgentView.tsx'
import { Announcer } from './Announcer.tsx'
import { GamepadView } from './GamepadView.tsx'
import { OutcomeCard } from './OutcomeCard.tsx'
import { PathsCard } from './PathsCard.tsx'
import { Playback } from './playback.ts'
import { Stage } from './Stage.tsx'
import { Transport } from './Transport.tsx'
import { useWatchHotkeys } from './use-watch-hotkeys.ts'
import classes from './Watch.module.css'

/** One agent on the island, live: what it sees, what it presses, how its episodes end. */
export default function WatchPage() {
  const playback = usePlayback()
  useWatchHotkeys(playback)
  return (
    <div className={classes.page}>
      <h1 className={classes.hidden}>Watch an agent</h1>
      <Stage playback={playback} />
      <Transport playback={playback} />
      <div className={classes.senses}>
        <AgentView />
        <GamepadView />
      </div>
      <aside className={classes.aside} aria-label="About this agent">
        <AgentCard />
        <OutcomeCard />
        <PathsCard />
      </aside>
      <Announcer />
    </div>
  )
}

/** Who asked for less motion finds it paused. */
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
