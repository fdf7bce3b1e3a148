import { useEffect } from 'react'
import { usePreferences } from '../stores/preferences.ts'
import type { Desk } from './desk.ts'
import { type Command, commandOf } from './keys.ts'
import { nextCamera, type Speed, useView } from './view.ts'

/** Listens to key presses for as long as there is a desk. */
export function useDeskKeys(desk: Desk | undefined, showKeys: () => void): void {
  useEffect(() => {
    if (!desk) return
    const actions = actionsOf(desk, showKeys)
    const press = (event: KeyboardEvent) => {
      const { letterShortcuts } = usePreferences.getState()
      const command = commandOf(event, useView.getState().keys, letterShortcuts)
      if (command === undefined || event.defaultPrevented) return
      event.preventDefault()
      actions[command](event.timeStamp)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [desk, showKeys])
}

/** Returns the action of each command; `at` is its time, in milliseconds of `performance.now`. */
function actionsOf(desk: Desk, showKeys: () => void): Record<Command, (at: number) => void> {
  const speed = (each: Speed) => () => useView.setState({ speed: each })
  return {
    left: (at) => desk.answer('left', at),
    right: (at) => desk.answer('right', at),
    tie: (at) => desk.answer('tie', at),
    'cannot tell': (at) => desk.answer('cannot tell', at),
    pause: () => desk.pairs.player.toggle(),
    replay: () => desk.pairs.replay(),
    undo: () => desk.pairs.back(),
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
