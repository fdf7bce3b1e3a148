import { useMemo } from 'react'
import type { LabelledPair } from '../../procedure/too-few-labels.ts'
import { MapCanvas, type MapPainter } from '../map/MapCanvas.tsx'
import { MapFrame } from '../map/MapFrame.tsx'
import { loop } from '../replay/loop.ts'
import { Swarm } from '../replay/swarm.ts'
import { TrackList } from '../replay/tracks.ts'
import kit from '../ui/kit.module.css'
import classes from './FewLabels.module.css'
import { clipWords } from './words.ts'

/** Trails of two clips on a small map. */
const TRAIL = { width: 0.5, opacity: 0.9 }

interface PairMapProps {
  /** Pair in which a side was preferred. */
  readonly pair: LabelledPair
  readonly name: string
  readonly worldVersion: number
}

/** Renders both clips of a pair on one map, with the preferred one in colour, as an item of a list. */
export function PairMap({ pair, name, worldVersion }: PairMapProps) {
  const [better, worse] =
    pair.preferred === 'first' ? [pair.first, pair.second] : [pair.second, pair.first]
  const painter = useMemo(() => {
    const swarm = (episode: typeof better, stage: string) =>
      new Swarm(new TrackList([episode], worldVersion), stage, () => loop.time, TRAIL)
    return layered(swarm(worse, 'other'), swarm(better, `aligned-${better.ending}`))
  }, [better, worse, worldVersion])
  const words = { better: clipWords(better), worse: clipWords(worse) }
  return (
    <li className={classes.pair}>
      <MapFrame>
        <MapCanvas
          painter={painter}
          label={`${name}. Preferred: ${words.better}. Not preferred: ${words.worse}.`}
        />
      </MapFrame>
      <p className={classes.caption} aria-hidden="true">
        <span className={kit.item}>
          <span className={kit.swatch} style={{ background: 'var(--stage-aligned)' }} />
          <strong>✓ {words.better}</strong>
        </span>
        <span className={`${kit.item} ${kit.faint}`}>
          <span className={kit.swatch} style={{ background: 'var(--stage-other)' }} />
          {words.worse}
        </span>
      </p>
    </li>
  )
}

/** Returns a painter that draws one picture over another. */
function layered(below: MapPainter, above: MapPainter): MapPainter {
  return {
    picture: () => `${below.picture()} ${above.picture()}`,
    paint(context, look, view) {
      below.paint(context, look, view)
      above.paint(context, look, view)
    },
  }
}
