import { useEffect, useRef, useState } from 'react'

/** Milliseconds between redraws of a chart that gains points. */
const STEADY_MS = 1_500

/**
 * Returns a throttled copy of a growing number, starting at 0. Each chart has its own delay, so that no two are
 * drawn in one task.
 */
export function useSteady(value: number, delay: number): number {
  const [steady, setSteady] = useState(0)
  const latest = useRef(value)
  latest.current = value
  const stale = steady !== value
  useEffect(() => {
    if (!stale) return
    const wait = steady === 0 ? 0 : STEADY_MS
    const timer = setTimeout(() => setSteady(latest.current), wait + delay)
    return () => clearTimeout(timer)
  }, [stale, steady, delay])
  return steady
}
