/** Switches the gamepad between agent and human; stores human play when its episode ends or is left. */

import { isOwnPlay, keepOwnPlay } from '../data/plays.ts'
import { problemOf } from '../sentences.ts'
import { useWatch } from '../stores/watch.ts'
import { changeWatchSettings } from '../stores/watch-settings.ts'
import type { Agent } from './agent.ts'
import { Hands } from './hands/hands.ts'

export class GamepadHolder {
  readonly hands = new Hands()

  /** Hands the gamepad to the visitor, who decides in place of this agent from now on. */
  take(agent: Agent): void {
    if (!agent.lane) return
    agent.settled = false
    agent.lane.takeOver(this.hands.take())
    changeWatchSettings({ camera: 'chase' })
    useWatch.setState({
      takenOver: true,
      replaying: undefined,
      playing: true,
      furthest: agent.lane.shown,
      notice: undefined,
      announcement: 'You hold the gamepad.',
    })
  }

  /** Hands the gamepad back to the agents; nothing happens if no human holds it. */
  letGo(announcement?: string): void {
    if (!useWatch.getState().takenOver) return
    this.hands.release()
    useWatch.setState({ takenOver: false, ...(announcement ? { announcement } : {}) })
  }

  /** Handles the end of an episode: keeps its trail and stores human play, once. */
  settle(agent: Agent): void {
    if (agent.settled) return
    agent.settled = true
    agent.keepTrail()
    keep(agent)
  }

  /** Stores human play of episodes that are left before their end, as far as it was shown. */
  keepUnfinished(agents: readonly Agent[]): void {
    for (const agent of agents) {
      if (!agent.settled) keep(agent)
      agent.settled = true
    }
  }
}

function keep(agent: Agent): void {
  if (!agent.lane) return
  // After scrubbing back, more was played than is shown.
  const played = Math.max(agent.lane.shown, useWatch.getState().furthest)
  const tape = agent.lane.tape.slice(0, played)
  if (useWatch.getState().replaying !== undefined || !isOwnPlay(tape)) return
  keepOwnPlay(tape, { name: agent.name, sha256: agent.sha256, ...agent.episode }).then(
    (said) => useWatch.setState({ notice: said, announcement: said }),
    (error: unknown) => useWatch.setState({ notice: problemOf(error) }),
  )
}
