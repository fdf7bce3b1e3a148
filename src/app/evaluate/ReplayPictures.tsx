import { VisuallyHidden } from '@mantine/core'
import { lazy, type RefObject, Suspense, useId, useMemo, useRef } from 'react'
import { lanePainter } from '../map/lane-painter.ts'
import { ISLAND_LOOK } from '../map/looks.ts'
import { MapCanvas } from '../map/MapCanvas.tsx'
import { describePath } from '../replay/describe-path.ts'
import { SceneBoundary } from '../scene/SceneBoundary.tsx'
import { endingSentence } from '../sentences.ts'
import type { LiveLane } from '../stores/live.ts'
import type { CameraKind } from '../stores/watch-settings.ts'
import kit from '../ui/kit.module.css'
import type { Compared } from './compared.ts'
import { Letter } from './Letter.tsx'
import classes from './Replay.module.css'

const Scene = lazy(() => import('../scene/Scene.tsx'))

interface PicturesProps {
  readonly lanes: readonly LiveLane[]
  readonly compared: readonly Compared[]
  readonly episode: number
  readonly camera: CameraKind
  readonly flat: boolean
  onFlat(): void
}

/** Renders a view per policy, in 3D, or on the map where WebGL is not available. */
export function ReplayPictures({ lanes, compared, episode, camera, flat, onFlat }: PicturesProps) {
  const tracks = useTracks()
  const views = useMemo(
    () =>
      lanes.flatMap((lane, index) => {
        const track = tracks[index]
        const seed = compared[index]?.run.episodes[episode]?.seed ?? 0
        return track ? { lane, seed, camera, track } : []
      }),
    [lanes, compared, episode, camera, tracks],
  )
  return (
    <div className={classes.pictures} data-views={lanes.length}>
      {flat ? null : (
        <SceneBoundary onBroken={onFlat} fallback={null}>
          <Suspense fallback={null}>
            <Scene views={views} onLost={onFlat} />
          </Suspense>
        </SceneBoundary>
      )}
      {lanes.map((lane, index) => {
        const each = compared[index]
        const track = tracks[index]
        return each && track ? (
          <Picture
            key={each.index}
            lane={lane}
            compared={each}
            episode={episode}
            track={track}
            flat={flat}
          />
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
  readonly lane: LiveLane
  readonly compared: Compared
  readonly episode: number
  readonly track: RefObject<HTMLDivElement | null>
  readonly flat: boolean
}

function Picture({ lane, compared, episode, track, flat }: PictureProps) {
  const { run, index, colour } = compared
  const textId = useId()
  const painter = useMemo(() => lanePainter(() => [lane]), [lane])
  const played = run.episodes[episode]
  return (
    <div className={classes.picture}>
      <div
        ref={track}
        className={classes.view}
        role="img"
        aria-label={`${run.title} in this episode`}
        aria-describedby={textId}
      >
        {flat ? <MapCanvas painter={painter} look={ISLAND_LOOK} /> : null}
      </div>
      <p className={`${kit.glass} ${kit.item} ${classes.name}`}>
        <Letter index={index} colour={colour} />
        {run.title}
      </p>
      {played ? (
        <p className={`${kit.glass} ${classes.ending}`}>
          {endingSentence(played.ending, played.actions.length)}
        </p>
      ) : null}
      <VisuallyHidden component="p" id={textId}>
        {played ? describePath(played) : ''}
      </VisuallyHidden>
    </div>
  )
}
