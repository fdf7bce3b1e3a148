/** The time of all trajectory maps of a page: they move in step, hold still at the end, and begin anew. */
import { useEffect } from 'react'
import { create } from 'zustand'
import { EPISODE_DECISIONS } from '../../island/index.ts'

/** Decisions a second: twice as fast as they were made. */
const PACE = 20

/** Decisions for which the whole picture can be looked at. */
const HOLD = 60

/** A longer gap between two frames is a tab that was hidden. */
const LONGEST_GAP_SECONDS = 0.25

export const loop = {
  /** Decisions since all began, up to `EPISODE_DECISIONS + HOLD`. */
  time: EPISODE_DECISIONS,
}

interface Motion {
  readonly playing: boolean
}

export const useMotion = create<Motion>(() => ({ playing: false }))

/** From the beginning if everything stands at its end, else on from where it was paused. */
export function toggleMotion(): void {
  const { playing } = useMotion.getState()
  if (!playing && loop.time >= EPISODE_DECISIONS) loop.time = 0
  useMotion.setState({ playing: !playing })
}

/** Keeps the loop's time while the page is there. Who asked for less motion finds it at its end. */
export function useLoop(still: boolean): void {
  useEffect(() => {
    loop.time = still ? EPISODE_DECISIONS : 0
    useMotion.setState({ playing: !still })
    let last = performance.now()
    let frame = requestAnimationFrame(function tick(now) {
      frame = requestAnimationFrame(tick)
      const seconds = Math.min(LONGEST_GAP_SECONDS, Math.max(0, now - last) / 1000)
      last = now
      if (!useMotion.getState().playing) return
      loop.time += seconds * PACE
      if (loop.time > EPISODE_DECISIONS + HOLD) loop.time = 0
    })
    return () => cancelAnimationFrame(frame)
  }, [still])
}
