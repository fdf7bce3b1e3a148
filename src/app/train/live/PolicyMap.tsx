import { useEffect, useMemo, useRef } from 'react'
import type { EpisodePath } from '../../../procedure/training/reports.ts'
import { MapCanvas } from '../../map/MapCanvas.tsx'
import { countOf, listOfEndings } from '../../sentences.ts'
import { useTraining } from '../../stores/training.ts'
import { PathsPainter } from '../paths-painter.ts'
import classes from './Live.module.css'

interface PolicyMapProps {
  readonly id: string
  /** Whose colour the paths of the beginning have. */
  readonly startStage: string
}

const NO_PATHS: readonly EpisodePath[] = []

/** Where the policy goes at present, over where it went when this was first looked at. */
export function PolicyMap({ id, startStage }: PolicyMapProps) {
  const paths = useTraining(({ live }) => (live?.id === id ? live.paths : NO_PATHS))
  const painter = useMemo(() => new PathsPainter(), [])
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
      ? 'Map of the island; the paths of the policy come with reinforcement learning'
      : `Map of the island with ${countOf(paths.length, 'path')} of the present policy: they end ${listOfEndings(paths.map(({ ending }) => ending))}.`
  return (
    <div className={classes.mapColumn}>
      <div className={classes.map}>
        <MapCanvas painter={painter} label={label} />
        {paths.length === 0 ? (
          <p className={classes.mapNote}>Paths come with reinforcement learning</p>
        ) : null}
      </div>
      <p className={classes.legend} aria-hidden="true">
        <span className={classes.key} style={{ background: 'var(--stage-aligned)' }} /> now
        <span className={classes.key} style={{ background: `var(--stage-${startStage})` }} /> before
      </p>
    </div>
  )
}
