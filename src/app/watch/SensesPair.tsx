import type { WatchedAgent } from '../stores/watch.ts'
import { AgentView } from './AgentView.tsx'
import { GamepadView } from './GamepadView.tsx'
import classes from './Senses.module.css'

interface SensesPairProps {
  readonly index: number
  readonly agent: WatchedAgent
  /** Whether to omit captions for lack of room. */
  readonly small: boolean
}

/** Renders an agent's frame and its gamepad. */
export function SensesPair({ index, agent, small }: SensesPairProps) {
  return (
    <div className={classes.pair} data-small={small || undefined}>
      <AgentView index={index} title={agent.title} small={small} />
      <GamepadView agent={agent} small={small} />
    </div>
  )
}
