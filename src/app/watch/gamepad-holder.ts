/** Who holds the gamepad; what a human did with it is kept when its episode ends or is left. */
import { messageOf } from '../../lab/worker/errors.ts'
import { isOwnPlay, keepOwnPlay } from '../data/plays.ts'
import { useWatch } from '../stores/watch.ts'
import { changeWatchSettings } from '../stores/watch-settings.ts'
import { Hands } from './hands/hands.ts'
import type { Slot } from './slot.ts'

export class GamepadHolder {
  readonly hands = new Hands()

  /** From here on the visitor decides in the place of this agent. */
  take(slot: Slot): void {
    if (!slot.lane) return
    slot.settled = false
    slot.lane.takeOver(this.hands.take())
    changeWatchSettings({ camera: 'chase' })
    useWatch.setState({
      takenOver: true,
      replaying: undefined,
      playing: true,
      furthest: slot.lane.shown,
      notice: undefined,
      announcement: 'You hold the gamepad.',
    })
  }

  /** Nobody but the agents decides any more. */
  letGo(announcement?: string): void {
    if (!useWatch.getState().takenOver) return
    this.hands.release()
    useWatch.setState({ takenOver: false, ...(announcement ? { announcement } : {}) })
  }

  /** An episode has ended. */
  settle(slot: Slot): void {
    if (slot.settled) return
    slot.settled = true
    slot.keepTrail()
    keep(slot)
  }

  /** Plays that are left before their end are kept as far as they came. */
  keepUnfinished(slots: readonly Slot[]): void {
    for (const slot of slots) {
      if (!slot.settled) keep(slot)
      slot.settled = true
    }
  }
}

function keep(slot: Slot): void {
  const tape = slot.lane?.tape.slice(0, slot.lane.shown) ?? []
  if (useWatch.getState().replaying !== undefined || !isOwnPlay(tape)) return
  keepOwnPlay(tape, { name: slot.name, sha256: slot.sha256, ...slot.episode }).then(
    (said) => useWatch.setState({ notice: said, announcement: said }),
    (error: unknown) => useWatch.setState({ notice: messageOf(error) }),
  )
}
