import { useEffect, useMemo, useState } from 'react'
import { WORLD_VERSION } from '../../island/index.ts'
import type { EpisodeRecord } from '../../lab/models/results.ts'
import { stageName } from '../../procedure/model-stages.ts'
import { MapCanvas } from '../map/MapCanvas.tsx'
import { MapFrame } from '../map/MapFrame.tsx'
import { listOfEndings } from '../sentences.ts'
import { countOf } from '../ui/format.ts'
import { loop } from './loop.ts'
import { Swarm } from './swarm.ts'
import { type TrackList, tracksOf } from './tracks.ts'

interface TrajectoryMapProps {
  /** Stage whose colour the paths have. */
  readonly stage: string
  /** Name of the agent, that of its stage by default. */
  readonly name?: string
  readonly episodes: readonly EpisodeRecord[]
  readonly worldVersion: number
}

const NO_EPISODES: readonly EpisodeRecord[] = []

/** Renders fresh episodes of an agent on the island, all at once, replayed from their actions. */
export function TrajectoryMap({
  stage,
  name = stageName(stage),
  episodes,
  worldVersion,
}: TrajectoryMapProps) {
  const drawable = worldVersion === WORLD_VERSION ? episodes : NO_EPISODES
  const list = tracksOf(drawable, worldVersion)
  const swarm = useMemo(() => new Swarm(list, stage, () => loop.time), [list, stage])
  const broken = useBroken(list)
  const label =
    `Map of the island from above with the paths of ${countOf(drawable.length, 'fresh episode')} ` +
    `of ${name}: they end ${listOfEndings(drawable.map(({ ending }) => ending))}.`
  const note = noteOn(episodes.length, worldVersion, broken)
  return (
    <MapFrame note={note}>
      <MapCanvas painter={swarm} label={label} />
    </MapFrame>
  )
}

/** Returns the reason why paths are missing, or undefined if none are. */
function noteOn(episodes: number, worldVersion: number, broken: number): string | undefined {
  if (episodes === 0) return 'No paths recorded yet.'
  if (worldVersion !== WORLD_VERSION) {
    return `These paths are from world version ${worldVersion}; this lab has version ${WORLD_VERSION} and cannot replay them.`
  }
  if (broken === 0) return undefined
  return `${broken} of ${countOf(episodes, 'episode')} did not end as recorded when replayed, and are left out.`
}

/** Returns the number of episodes that cannot be drawn; 0 until it is known. */
function useBroken(list: TrackList): number {
  const [broken, setBroken] = useState(0)
  useEffect(() => {
    let listening = true
    void list.brokenInAll.then((count) => listening && setBroken(count))
    return () => {
      listening = false
    }
  }, [list])
  return broken
}
