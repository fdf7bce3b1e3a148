import { Text } from '@mantine/core'
import { type MouseEvent, useMemo, useState } from 'react'
import type { Point, World } from '../../island/index.ts'
import type { EvaluatedEpisode } from '../../lab/evaluation/protocol.ts'
import { MapCanvas } from '../map/MapCanvas.tsx'
import { MapFrame } from '../map/MapFrame.tsx'
import { mapView } from '../map/view.ts'
import { endingSentence, listOfEndings } from '../sentences.ts'
import { countOf } from '../ui/format.ts'
import kit from '../ui/kit.module.css'
import { type Compared, useEvaluatedWorld } from './compared.ts'
import { EpisodePathsPainter } from './episode-paths-painter.ts'
import { Figure } from './Figure.tsx'
import classes from './Figures.module.css'
import { MapTitle } from './MapTitle.tsx'

interface TrajectoriesProps {
  readonly compared: readonly Compared[]
  onReplay(episode: number): void
}

/** Renders all paths over the island, one map per policy. */
export function Trajectories({ compared, onReplay }: TrajectoriesProps) {
  return (
    <Figure
      title="Trajectories"
      note="Rings mark where an episode was cut off after 100 decisions. Select a path to replay that episode with all policies; the list of episodes below does the same by keyboard."
    >
      <div className={classes.maps} data-count={compared.length}>
        {compared.map((each) => (
          <PathsMap key={each.index} compared={each} onReplay={onReplay} />
        ))}
      </div>
    </Figure>
  )
}

interface PathsMapProps {
  readonly compared: Compared
  onReplay(episode: number): void
}

function PathsMap({ compared, onReplay }: PathsMapProps) {
  const { run, index, colour } = compared
  const { episodes } = run
  const world = useEvaluatedWorld()
  const painter = useMemo(() => new EpisodePathsPainter(episodes, colour), [episodes, colour])
  const [near, setNear] = useState<EvaluatedEpisode>()
  const lift = (episode: EvaluatedEpisode | undefined) => {
    painter.lift(episode)
    setNear(episode)
  }
  const label =
    `Map of the island from above with the paths of ${countOf(episodes.length, 'episode')} of ` +
    `${run.title}: they end ${listOfEndings(episodes.map(({ ending }) => ending))}.`
  return (
    <div className={kit.stack} data-tight>
      <MapTitle index={index} colour={colour} title={run.title} />
      {/* The list of episodes does the same by keyboard. */}
      <MapFrame
        style={{ cursor: near ? 'pointer' : undefined }}
        onPointerMove={(event) => lift(painter.nearest(placeOf(event, world)))}
        onPointerLeave={() => lift(undefined)}
        onClick={(event) => {
          const episode = painter.nearest(placeOf(event, world))
          if (episode) onReplay(episode.index)
        }}
      >
        <MapCanvas painter={painter} world={world} label={label} />
      </MapFrame>
      <Text size="xs" c="dimmed" mih="1.5em" data-beside aria-hidden="true">
        {near
          ? `Episode ${near.index + 1}: ${endingSentence(near.ending, near.actions.length)}`
          : ' '}
      </Text>
    </div>
  )
}

/** Returns the pointer's position on the island, in metres. */
function placeOf(
  { currentTarget, clientX, clientY }: MouseEvent<HTMLElement>,
  world: World,
): Point {
  const box = currentTarget.getBoundingClientRect()
  const { scale, x, z } = mapView(box.width, box.height, world)
  return { x: (clientX - box.left - x) / scale, z: (clientY - box.top - z) / scale }
}
