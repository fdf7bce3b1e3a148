import { Loader, SegmentedControl } from '@mantine/core'
import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { PlanMap } from '../map/PlanMap.tsx'
import { webGl } from '../scene/webgl.ts'
import { mainLane } from '../stores/live.ts'
import { useWatch } from '../stores/watch.ts'
import {
  CAMERAS,
  type CameraKind,
  changeWatchSettings,
  useWatchSettings,
} from '../stores/watch-settings.ts'
import { EpisodeChip } from './EpisodeChip.tsx'
import { ProblemNote } from './ProblemNote.tsx'
import type { Playback } from './playback.ts'
import { SceneBoundary } from './SceneBoundary.tsx'
import classes from './Stage.module.css'

const Scene = lazy(() => import('../scene/Scene.tsx'))

const CAMERA_NAMES: Record<CameraKind, string> = { chase: 'Follow', orbit: 'Orbit', map: 'Map' }

/** Why there is no picture in three dimensions. */
const WHY_FLAT = {
  none: 'This browser offers no WebGL',
  lost: 'The browser lost its graphics',
  broken: 'The view in three dimensions could not be loaded',
} as const
type WhyFlat = keyof typeof WHY_FLAT

/** The picture, with what belongs right beside it. */
export function Stage({ playback }: { readonly playback: Playback | undefined }) {
  const [flat, setFlat] = useState<WhyFlat | undefined>(webGl() === 'none' ? 'none' : undefined)
  const { camera } = useWatchSettings()
  return (
    <section className={classes.picture} aria-label="Island">
      {flat ? (
        <PlanMap />
      ) : (
        <SceneBoundary onBroken={() => setFlat('broken')} fallback={<PlanMap />}>
          <Suspense fallback={<PlanMap />}>
            <Picture onLost={() => setFlat('lost')} />
          </Suspense>
        </SceneBoundary>
      )}
      <EpisodeChip />
      {flat ? (
        <p className={classes.note}>
          {WHY_FLAT[flat]}, so the island is shown from above. The agent is the same.
        </p>
      ) : (
        <SegmentedControl
          className={classes.cameras ?? ''}
          size="xs"
          aria-label="Camera"
          data={CAMERAS.map((kind) => ({ value: kind, label: CAMERA_NAMES[kind] }))}
          value={camera}
          onChange={(value) => changeWatchSettings({ camera: value })}
        />
      )}
      <Waiting />
      <ProblemNote playback={playback} />
    </section>
  )
}

/** The island in three dimensions, drawn behind an element that names it. */
function Picture({ onLost }: { onLost(): void }) {
  const { camera, seed } = useWatchSettings()
  const track = useRef<HTMLDivElement>(null)
  const views = useMemo(() => [{ lane: mainLane(), seed, camera, track }], [seed, camera])
  return (
    <>
      <Scene views={views} onLost={onLost} />
      <div
        ref={track}
        className={classes.view}
        role="img"
        aria-label="The island in three dimensions, with the agent on it"
      />
    </>
  )
}

function Waiting() {
  const status = useWatch((state) => state.status)
  const waitingFor = useWatch((state) => state.waitingFor)
  if (status !== 'loading') return null
  return (
    <p className={classes.waiting}>
      <Loader size="xs" color="white" />
      Loading {waitingFor}…
    </p>
  )
}
