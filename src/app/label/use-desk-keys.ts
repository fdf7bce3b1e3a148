import { useEffect } from 'react'
import { usePreferences } from '../stores/preferences.ts'
import type { DeskControls } from './desk-controls.ts'
import { type Command, commandOf, reasonOf } from './keys.ts'
import { toggleReason, useDesk } from './store.ts'
import { nextCamera, type Speed, useView } from './view.ts'

/** Listens to key presses for as long as there is a desk. */
export function useDeskKeys(desk: DeskControls | undefined, showKeys: () => void): void {
  useEffect(() => {
    if (!desk) return
    const actions = actionsOf(desk, showKeys)
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return
      const { letterShortcuts: characters } = usePreferences.getState()
      const { scale, reasons } = useDesk.getState()
      const reason = characters ? reasonOf(event, reasons) : undefined
      const command = commandOf(event, { keys: useView.getState().keys, characters, scale })
      if (reason === undefined && command === undefined) return
      event.preventDefault()
      if (reason !== undefined) toggleReason(reason)
      else if (command !== undefined) actions[command](event.timeStamp)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [desk, showKeys])
}

/** Returns the action of each command; `at` is its time, in milliseconds of `performance.now`. */
function actionsOf(
  desk: DeskControls,
  showKeys: () => void,
): Record<Command, (at: number) => void> {
  const speed = (each: Speed) => () => useView.setState({ speed: each })
  return {
    'much left': (at) => desk.answer('much left', at),
    left: (at) => desk.answer('left', at),
    right: (at) => desk.answer('right', at),
    'much right': (at) => desk.answer('much right', at),
    tie: (at) => desk.answer('tie', at),
    'cannot tell': (at) => desk.answer('cannot tell', at),
    pause: () => desk.pairs.player.toggle(),
    replay: () => desk.pairs.replay(),
    undo: () => desk.back?.(),
    leave: () => desk.pairs.leave(),
    begin: () => desk.begin(),
    camera: nextCamera,
    keys: showKeys,
    'speed 1': speed(1),
    'speed 2': speed(2),
    'speed 3': speed(3),
    'speed 4': speed(4),
  }
}
