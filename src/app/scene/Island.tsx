import { useFrame } from '@react-three/fiber'
import { useMemo } from 'react'
import { createLook } from '../../island/index.ts'
import { type LiveLane, live } from '../stores/live.ts'
import type { CameraKind } from '../stores/watch-settings.ts'
import { CameraRig } from './CameraRig.tsx'
import { Character } from './Character.tsx'
import { createFooting, type Footing, follow } from './footing.ts'
import { Jumppads } from './Jumppads.tsx'
import { Land } from './Land.tsx'
import type { Models } from './models.ts'
import { Puffs } from './Puffs.tsx'
import type { Quality } from './quality.ts'
import { Scenery } from './Scenery.tsx'
import { Solids } from './Solids.tsx'
import { Sunlight } from './Sunlight.tsx'
import { sceneLook } from './scene-look.ts'
import type { SceneView } from './scene-view.ts'
import { sound } from './sound.ts'
import { Trails } from './Trails.tsx'

interface IslandProps extends SceneView {
  readonly quality: Quality
  readonly models: Models
  /** Whether cameras cut instead of gliding. */
  readonly still: boolean
  /** Number of views on the page, which share the loudness and shadow resolution of a single one. */
  readonly among: number
}

/** Renders everything in one view of the island. */
export function Island(props: IslandProps) {
  const { world, lane, seed, camera, track, quality, models, still, among } = props
  const look = useMemo(() => createLook(world, seed), [world, seed])
  const seen = useMemo(() => sceneLook(look), [look])
  const footing = useFooting(lane, 1 / Math.sqrt(among))
  return (
    <>
      <Sunlight
        world={world}
        look={seen}
        shadowTexels={quality === 'high' ? (among > 1 ? 1024 : 2048) : 0}
        haze={HAZE[camera]}
      />
      <Land look={seen} models={models} plain={quality === 'least'} />
      <Solids world={world} look={seen} models={models} />
      <Jumppads world={world} lane={lane} look={seen} models={models} />
      <Scenery look={look} seen={seen} models={models} fine={quality !== 'least'} />
      <Trails lane={lane} camera={camera} />
      <Puffs lane={lane} footing={footing} look={seen} models={models} />
      <Character
        lane={lane}
        footing={footing}
        look={seen}
        blob={quality !== 'high'}
        camera={camera}
      />
      <CameraRig kind={camera} lane={lane} track={track} still={still} />
    </>
  )
}

/** Frame priority that runs before everything that reads the footing. */
const EARLY = -1

/** Detects the character's incidents in every frame and plays their sounds. */
function useFooting(lane: LiveLane, loudness: number): Footing {
  const footing = useMemo(createFooting, [])
  useFrame(() => {
    follow(lane, live.time, footing)
    for (const incident of footing.incidents) sound(incident, loudness)
  }, EARLY)
  return footing
}

/** Share of the episode's haze for each camera: from far above, haze would only hide the island. */
const HAZE: Record<CameraKind, number> = { chase: 1, orbit: 0.45, map: 0.12 }
