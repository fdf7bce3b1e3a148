import { VisuallyHidden } from '@mantine/core'
import {
  lazy,
  type ReactNode,
  type RefObject,
  Suspense,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { HOME } from '../../island/index.ts'
import { ISLAND_LOOK } from '../map/looks.ts'
import { MapCanvas } from '../map/MapCanvas.tsx'
import { describePath } from '../replay/describe-path.ts'
import { SceneBoundary } from '../scene/SceneBoundary.tsx'
import { webGl } from '../scene/webgl.ts'
import kit from '../ui/kit.module.css'
import classes from './ClipStage.module.css'
import { ClipPainter } from './clip-painter.ts'
import type { DeskControls } from './desk-controls.ts'
import { useDesk } from './store.ts'
import { type DeskCamera, useView } from './view.ts'

const Scene = lazy(() => import('../scene/Scene.tsx'))

/**
 * Seed for the look of all clips. Labellers compare paths: the weather that the agent saw differs from
 * clip to clip and would only distract. One look also means that no scene is rebuilt between pairs.
 */
const CLEAR_DAY = 2933

const SIDES = ['Left', 'Right'] as const

interface ClipStageProps {
  readonly desk: DeskControls | undefined
  /** Rendered where there is no pair. */
  readonly waiting: ReactNode
}

/** Renders the two clips with a single renderer, which stays mounted from the first pair to the last. */
export function ClipStage({ desk, waiting }: ClipStageProps) {
  const camera = useView((view) => view.camera)
  const [flat, setFlat] = useState(webGl() === 'none')
  const left = useRef<HTMLDivElement>(null)
  const right = useRef<HTMLDivElement>(null)
  const hasPair = useDesk((state) => state.onDesk !== undefined)
  const isMap = flat || camera === 'map'
  return (
    <div className={classes.stage} data-flat={isMap || undefined}>
      {desk && !isMap && hasPair ? (
        <SceneBoundary onBroken={() => setFlat(true)} fallback={null}>
          <Suspense fallback={null}>
            <Views
              desk={desk}
              camera={camera}
              tracks={[left, right]}
              onLost={() => setFlat(true)}
            />
          </Suspense>
        </SceneBoundary>
      ) : null}
      <ClipBox index={0} track={left} desk={desk} isMap={isMap} />
      <ClipBox index={1} track={right} desk={desk} isMap={isMap} />
      {flat && camera !== 'map' && hasPair ? (
        <p className={`${kit.glass} ${classes.note}`}>
          This browser cannot show 3D graphics (WebGL), so the clips are shown on the map.
        </p>
      ) : null}
      {hasPair ? null : waiting}
    </div>
  )
}

interface ViewsProps {
  readonly desk: DeskControls
  readonly camera: DeskCamera
  readonly tracks: readonly RefObject<HTMLDivElement | null>[]
  onLost(): void
}

function Views({ desk, camera, tracks, onLost }: ViewsProps) {
  const [left, right] = tracks
  const kind = camera === 'above' ? 'map' : 'chase'
  const world = useDesk((state) => state.onDesk?.reels[0].world) ?? HOME
  const views = useMemo(
    () =>
      [left, right].flatMap((track, index) => {
        const lane = desk.pairs.lanes[index]
        return track && lane ? [{ world, lane, seed: CLEAR_DAY, camera: kind, track } as const] : []
      }),
    [desk, kind, world, left, right],
  )
  return <Scene views={views} onLost={onLost} />
}

interface ClipBoxProps {
  readonly index: 0 | 1
  readonly track: RefObject<HTMLDivElement | null>
  readonly desk: DeskControls | undefined
  readonly isMap: boolean
}

function ClipBox({ index, track, desk, isMap }: ClipBoxProps) {
  const reel = useDesk((state) => state.onDesk?.reels[index])
  const paused = useDesk((state) => state.paused)
  const textId = useId()
  const side = SIDES[index]
  const lane = desk?.pairs.lanes[index]
  const painter = useMemo(() => (lane ? new ClipPainter(lane, index) : undefined), [lane, index])
  const named = reel
    ? { role: 'img', 'aria-label': `${side} clip`, 'aria-describedby': textId }
    : { 'aria-hidden': true }
  return (
    <div className={classes.frame} data-paused={paused || undefined}>
      <div ref={track} className={classes.clip} {...named}>
        {isMap && painter && reel ? (
          <MapCanvas painter={painter} world={reel.world} look={ISLAND_LOOK} />
        ) : null}
      </div>
      <span className={`${kit.glass} ${classes.side}`} aria-hidden="true">
        {side}
      </span>
      {reel?.replays === false ? (
        <span className={`${kit.glass} ${classes.stored}`}>
          From another world version: only its path is shown
        </span>
      ) : null}
      <VisuallyHidden component="p" id={textId}>
        {reel ? describePath(reel.clip, reel.world) : ''}
      </VisuallyHidden>
    </div>
  )
}
