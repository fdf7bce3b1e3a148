/** Clock of all trajectory maps of a page: they play in step, hold at the end, and loop. */
import { useEffect } from 'react'
import { create } from 'zustand'
import { EPISODE_DECISIONS } from '../../island/index.ts'
import { FrameClock } from './clock.ts'

/** Playback speed in decisions per second: twice real time. */
const PACE = 20

/** Decisions for which the finished picture is held before the loop restarts. */
const HOLD = 60

export const loop = {
  /** Decisions since the loop started, up to `EPISODE_DECISIONS + HOLD`. */
  time: EPISODE_DECISIONS,
}

interface Motion {
  readonly playing: boolean
}

export const useMotion = create<Motion>(() => ({ playing: false }))

/** Pauses or resumes the maps; restarts them if they had reached the end. */
export function toggleMotion(): void {
  const { playing } = useMotion.getState()
  if (!playing && loop.time >= EPISODE_DECISIONS) loop.time = 0
  useMotion.setState({ playing: !playing })
}

/** Runs the clock while the page is mounted. With `still` (reduced motion) it starts paused at the end. */
export function useLoop(still: boolean): void {
  useEffect(() => {
    loop.time = still ? EPISODE_DECISIONS : 0
    useMotion.setState({ playing: !still })
    const clock = new FrameClock((seconds) => {
      if (!useMotion.getState().playing) return
      loop.time += seconds * PACE
      if (loop.time > EPISODE_DECISIONS + HOLD) loop.time = 0
    })
    return () => clock.stop()
  }, [still])
}
