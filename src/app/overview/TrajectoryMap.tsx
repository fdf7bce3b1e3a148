import { useMemo } from 'react'
import { WORLD_VERSION } from '../../island/index.ts'
import type { EpisodeRecord } from '../../lab/results.ts'
import { MapCanvas } from '../map/MapCanvas.tsx'
import { loop } from '../replay/loop.ts'
import { Swarm } from '../replay/swarm.ts'
import { tracksOf } from '../replay/tracks.ts'
import { countOf, listOfEndings } from '../sentences.ts'
import { stageName } from '../stages.ts'
import classes from './Overview.module.css'

interface TrajectoryMapProps {
  readonly stage: string
  readonly episodes: readonly EpisodeRecord[]
  readonly worldVersion: number
}

const NO_EPISODES: readonly EpisodeRecord[] = []

/** Fresh episodes of a stage on the island, all at once, replayed from their actions. */
export function TrajectoryMap({ stage, episodes, worldVersion }: TrajectoryMapProps) {
  const drawable = worldVersion === WORLD_VERSION ? episodes : NO_EPISODES
  const swarm = useMemo(
    () => new Swarm(tracksOf(drawable, worldVersion), stage, () => loop.time),
    [drawable, worldVersion, stage],
  )
  const label =
    `Map of the island from above with the paths of ${countOf(drawable.length, 'fresh episode')} ` +
    `of ${stageName(stage)}: they end ${listOfEndings(drawable.map(({ ending }) => ending))}.`
  return (
    <div className={classes.map}>
      <MapCanvas painter={swarm} label={label} />
      {drawable.length === 0 ? (
        <p className={classes.mapNote}>
          {episodes.length === 0
            ? 'No paths were measured yet.'
            : `These paths are from world version ${worldVersion}; this lab has version ${WORLD_VERSION} and cannot replay them.`}
        </p>
      ) : null}
    </div>
  )
}
