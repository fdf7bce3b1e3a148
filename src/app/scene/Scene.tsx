import { useReducedMotion } from '@mantine/hooks'
import { Canvas, useThree } from '@react-three/fiber'
import { useEffect, useMemo, useState } from 'react'
import { NeutralToneMapping } from 'three'
import { createLook } from '../../island/index.ts'
import { mainLane } from '../stores/live.ts'
import type { CameraKind } from '../stores/watch-settings.ts'
import { CameraRig } from './CameraRig.tsx'
import { Character } from './Character.tsx'
import { Land } from './Land.tsx'
import { type Quality, useQuality } from './quality.ts'
import { Scenery, Solids } from './Solids.tsx'
import { Sunlight } from './Sunlight.tsx'
import { sceneLook } from './scene-look.ts'
import { Trails } from './Trails.tsx'
import { webGl } from './webgl.ts'

interface SceneProps {
  readonly camera: CameraKind
  /** Seed of the episode whose look is shown. */
  readonly seed: number
  /** Hears that the graphics context is gone for good. */
  onLost(): void
}

/** The island for human eyes. Loaded on its own, with all of Three.js. */
export default function Scene({ camera, seed, onLost }: SceneProps) {
  const [quality, setQuality] = useState<Quality>(webGl() === 'processor' ? 'least' : 'high')
  return (
    <Canvas
      shadows={quality === 'high' ? 'percentage' : false}
      frameloop={quality === 'least' ? 'demand' : 'always'}
      dpr={quality === 'high' ? [1, 1.75] : quality === 'low' ? 1 : 0.5}
      gl={{ antialias: true, toneMapping: NeutralToneMapping, powerPreference: 'high-performance' }}
      camera={{ fov: 50, near: 0.2, far: 900, position: [0, 20, 30] }}
      role="img"
      aria-label="The island in three dimensions, with the agent on it"
    >
      <Island
        camera={camera}
        seed={seed}
        onLost={onLost}
        onQuality={setQuality}
        quality={quality}
      />
    </Canvas>
  )
}

interface IslandProps extends SceneProps {
  readonly quality: Quality
  onQuality(quality: Quality): void
}

function Island({ camera, seed, quality, onQuality, onLost }: IslandProps) {
  const look = useMemo(() => createLook(seed), [seed])
  const seen = useMemo(() => sceneLook(look), [look])
  const still = useReducedMotion(undefined, { getInitialValueInEffect: false })
  const lane = mainLane()
  useLostContext(onLost)
  useQuality(quality, onQuality)
  return (
    <>
      <Sunlight look={seen} shadows={quality === 'high'} haze={HAZE[camera]} />
      <Land look={seen} plain={quality === 'least'} />
      <Solids look={seen} />
      <Scenery look={look} />
      <Trails lane={lane} camera={camera} />
      <Character lane={lane} look={seen} blob={quality !== 'high'} />
      {quality === 'least' ? <SlowClock /> : null}
      <CameraRig kind={camera} lane={lane} still={still} />
    </>
  )
}

/** Frames a second where the processor draws: it has the agent to run as well. */
const SLOW_FRAMES = 8

/** Asks for frames at a slow pace. */
function SlowClock() {
  const invalidate = useThree((state) => state.invalidate)
  useEffect(() => {
    const timer = setInterval(() => invalidate(), 1000 / SLOW_FRAMES)
    return () => clearInterval(timer)
  }, [invalidate])
  return null
}

/** Haze belongs to the ground: from far above it would only hide the island. */
const HAZE: Record<CameraKind, number> = { chase: 1, orbit: 0.45, map: 0.12 }

/** A lost context mostly comes back; one that does not within this time is given up. */
const PATIENCE_MS = 4000

function useLostContext(onLost: () => void): void {
  const canvas = useThree((state) => state.gl.domElement)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const lost = (event: Event) => {
      event.preventDefault()
      timer = setTimeout(onLost, PATIENCE_MS)
    }
    const restored = () => clearTimeout(timer)
    canvas.addEventListener('webglcontextlost', lost)
    canvas.addEventListener('webglcontextrestored', restored)
    return () => {
      clearTimeout(timer)
      canvas.removeEventListener('webglcontextlost', lost)
      canvas.removeEventListener('webglcontextrestored', restored)
    }
  }, [canvas, onLost])
}
