import { useEffect, useMemo, useRef } from 'react'
import { worldOf } from '../../../island/index.ts'
import type { EpisodePath } from '../../../procedure/training/reports.ts'
import { MapCanvas } from '../../map/MapCanvas.tsx'
import { MapFrame } from '../../map/MapFrame.tsx'
import { listOfEndings } from '../../sentences.ts'
import { useTraining } from '../../stores/training.ts'
import { countOf } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { PathsPainter } from '../paths-painter.ts'
import classes from './Live.module.css'

interface PolicyMapProps {
  readonly id: string
  /** Stage whose colour the initial paths have. */
  readonly startStage: string
}

const NO_PATHS: readonly EpisodePath[] = []

/** Map of the current policy's paths, over the first paths that this map received. */
export function PolicyMap({ id, startStage }: PolicyMapProps) {
  const paths = useTraining(({ live }) => (live?.id === id ? live.paths : NO_PATHS))
  const painter = useMemo(() => new PathsPainter(), [])
  const world = worldOf({ island: paths[0]?.island })
  const first = useRef<readonly EpisodePath[]>(NO_PATHS)
  useEffect(() => {
    if (first.current.length === 0) first.current = paths
    const before = first.current === paths ? NO_PATHS : first.current
    painter.show([
      { paths: before.map(({ points }) => points), stage: startStage, opacity: 0.35 },
      { paths: paths.map(({ points }) => points), stage: 'aligned', opacity: 0.85 },
    ])
  }, [painter, paths, startStage])
  const label =
    paths.length === 0
      ? 'Map of the island; the paths of the policy appear once it plays'
      : `Map of the island with ${countOf(paths.length, 'path')} of the current policy: they end ${listOfEndings(paths.map(({ ending }) => ending))}.`
  return (
    <div className={`${kit.stack} ${classes.mapColumn}`} data-tight>
      <MapFrame
        className={classes.map}
        note={paths.length === 0 ? 'Paths appear once the policy plays' : undefined}
      >
        <MapCanvas painter={painter} world={world} label={label} />
      </MapFrame>
      <p className={`${kit.legend} ${kit.faint}`} data-small aria-hidden="true">
        <span className={kit.item}>
          <span className={kit.swatch} style={{ background: 'var(--stage-aligned)' }} />
          now
        </span>
        <span className={kit.item}>
          <span className={kit.swatch} style={{ background: `var(--stage-${startStage})` }} />
          before
        </span>
      </p>
    </div>
  )
}
