import { useMemo } from 'react'
import { createLook } from '../../island/index.ts'
import type { CameraKind } from '../stores/watch-settings.ts'
import { CameraRig } from './CameraRig.tsx'
import { Character } from './Character.tsx'
import { Land } from './Land.tsx'
import type { Models } from './models.ts'
import type { Quality } from './quality.ts'
import type { SceneView } from './Scene.tsx'
import { Scenery, Solids } from './Solids.tsx'
import { Sunlight } from './Sunlight.tsx'
import { sceneLook } from './scene-look.ts'
import { Trails } from './Trails.tsx'

interface IslandProps extends SceneView {
  readonly quality: Quality
  readonly models: Models
  /** Whether cameras cut instead of gliding. */
  readonly still: boolean
}

/** All there is in one view. */
export function Island({ lane, seed, camera, track, quality, models, still }: IslandProps) {
  const look = useMemo(() => createLook(seed), [seed])
  const seen = useMemo(() => sceneLook(look), [look])
  return (
    <>
      <Sunlight look={seen} shadows={quality === 'high'} haze={HAZE[camera]} />
      <Land look={seen} models={models} plain={quality === 'least'} />
      <Solids look={seen} models={models} />
      <Scenery look={look} models={models} />
      <Trails lane={lane} camera={camera} />
      <Character lane={lane} look={seen} blob={quality !== 'high'} />
      <CameraRig kind={camera} lane={lane} track={track} still={still} />
    </>
  )
}

/** Haze belongs to the ground: from far above it would only hide the island. */
const HAZE: Record<CameraKind, number> = { chase: 1, orbit: 0.45, map: 0.12 }
