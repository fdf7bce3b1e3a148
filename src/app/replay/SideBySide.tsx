import { VisuallyHidden } from '@mantine/core'
import { lazy, type ReactNode, type RefObject, Suspense, useId, useMemo, useRef } from 'react'
import { lanePainter } from '../map/lane-painter.ts'
import { ISLAND_LOOK } from '../map/looks.ts'
import { MapCanvas } from '../map/MapCanvas.tsx'
import { SceneBoundary } from '../scene/SceneBoundary.tsx'
import type { LiveLane } from '../stores/live.ts'
import type { CameraKind } from '../stores/watch-settings.ts'
import kit from '../ui/kit.module.css'
import classes from './SideBySide.module.css'

const Scene = lazy(() => import('../scene/Scene.tsx'))

/** Recorded episode that is shown beside others. */
export interface ShownReplay {
  readonly lane: LiveLane
  /** Seed of the scene's weather. */
  readonly seed: number
  /** Accessible name. */
  readonly name: string
  /** Label in the upper corner. */
  readonly title: ReactNode
  /** Label in the lower corner; undefined for none. */
  readonly note: string | undefined
  /** Description for screen readers. */
  readonly description: string
}

interface SideBySideProps {
  /** One to four replays. */
  readonly shown: readonly ShownReplay[]
  readonly camera: CameraKind
  /** Whether to show the map, as where WebGL is not available. */
  readonly flat: boolean
  /** Whether the replays stay beside each other on a telephone. */
  readonly always?: boolean
  onFlat(): void
}

/** Renders a view per replay, in 3D or on the map. */
export function SideBySide({ shown, camera, flat, always = false, onFlat }: SideBySideProps) {
  const tracks = useTracks()
  const views = useMemo(
    () =>
      shown.flatMap(({ lane, seed }, index) => {
        const track = tracks[index]
        return track ? { world: lane.world, lane, seed, camera, track } : []
      }),
    [shown, camera, tracks],
  )
  return (
    <div className={classes.pictures} data-views={shown.length} data-always={always || undefined}>
      {flat ? null : (
        <SceneBoundary onBroken={onFlat} fallback={null}>
          <Suspense fallback={null}>
            <Scene views={views} onLost={onFlat} />
          </Suspense>
        </SceneBoundary>
      )}
      {shown.map((replay, index) => {
        const track = tracks[index]
        return track ? (
          <Picture key={replay.name} replay={replay} track={track} flat={flat} />
        ) : null
      })}
    </div>
  )
}

function useTracks(): readonly RefObject<HTMLDivElement | null>[] {
  const first = useRef<HTMLDivElement>(null)
  const second = useRef<HTMLDivElement>(null)
  const third = useRef<HTMLDivElement>(null)
  const fourth = useRef<HTMLDivElement>(null)
  return useMemo(() => [first, second, third, fourth], [])
}

interface PictureProps {
  readonly replay: ShownReplay
  readonly track: RefObject<HTMLDivElement | null>
  readonly flat: boolean
}

function Picture({ replay, track, flat }: PictureProps) {
  const { lane, name, title, note, description } = replay
  const textId = useId()
  const painter = useMemo(() => lanePainter(() => [lane]), [lane])
  return (
    <div className={classes.picture}>
      <div
        ref={track}
        className={classes.view}
        role="img"
        aria-label={name}
        aria-describedby={textId}
      >
        {flat ? <MapCanvas painter={painter} world={lane.world} look={ISLAND_LOOK} /> : null}
      </div>
      <p className={`${kit.glass} ${kit.item} ${classes.name}`}>{title}</p>
      {note === undefined ? null : <p className={`${kit.glass} ${classes.ending}`}>{note}</p>}
      <VisuallyHidden component="p" id={textId}>
        {description}
      </VisuallyHidden>
    </div>
  )
}
