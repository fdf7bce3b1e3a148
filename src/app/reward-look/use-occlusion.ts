/** Occlusion maps of one clip's decisions, computed when asked for and kept. */

import { useEffect, useRef, useState } from 'react'
import type { Clip } from '../../alignment/labels/index.ts'
import type { HiddenIn, OcclusionMap } from '../../alignment/occlusion.ts'
import { problemOf } from '../sentences.ts'
import type { RewardReader } from './reward-reader.ts'

interface Occlusion {
  /** Map of the decision; undefined until it is computed. */
  readonly map: OcclusionMap | undefined
  /** Number of patches done of the map that is being computed; undefined if none is. */
  readonly done: number | undefined
  readonly problem: string | undefined
  compute(): void
  cancel(): void
}

/** Returns the map of a decision of a clip, and the means to compute it. */
export function useOcclusion(
  reader: RewardReader,
  clip: Clip,
  decision: number,
  where: HiddenIn,
): Occlusion {
  const name = `${clip.id} ${decision} ${where}`
  const [maps, setMaps] = useState<ReadonlyMap<string, OcclusionMap>>(new Map())
  const [under, setUnder] = useState<{ readonly name: string; readonly done: number }>()
  const [problem, setProblem] = useState<string>()
  const left = useRef(false)
  useEffect(() => {
    left.current = false
    return () => {
      left.current = true
    }
  }, [])
  const compute = async () => {
    setProblem(undefined)
    setUnder({ name, done: 0 })
    try {
      const { worldVersion, start, seed, island, actions } = clip
      const episode = { worldVersion, start, seed, island, actions }
      const map = await reader.occlude({ episode, decision, where }, (done) => {
        if (!left.current) setUnder({ name, done })
      })
      if (map && !left.current) setMaps((before) => new Map(before).set(name, map))
    } catch (error) {
      if (!left.current) setProblem(problemOf(error))
    } finally {
      if (!left.current) setUnder(undefined)
    }
  }
  return {
    map: maps.get(name),
    done: under?.done,
    problem,
    compute: () => void compute(),
    cancel: () => reader.stop(),
  }
}
