import { OrbitControls } from '@react-three/drei/core/OrbitControls'
import { useFrame, useThree } from '@react-three/fiber'
import { type RefObject, useCallback, useMemo, useRef, useState } from 'react'
import { PerspectiveCamera } from 'three'
import type { LiveLane } from '../stores/live.ts'
import type { CameraKind } from '../stores/watch-settings.ts'
import { type Orbit, orbitByKeys } from './orbit-keys.ts'
import { createEye, type Eye, lookThrough, ORBIT_CENTRE, placeEye } from './views.ts'

interface CameraRigProps {
  readonly kind: CameraKind
  readonly lane: LiveLane
  /** Where the visitor takes hold of the camera. */
  readonly track: RefObject<HTMLElement | null>
  /** Whether to cut instead of gliding from one camera to the next. */
  readonly still: boolean
}

const GLIDE_SECONDS = 0.9

/** Moves the camera: follows, looks down, or hands it to the visitor. */
export function CameraRig({ kind, lane, track, still }: CameraRigProps) {
  const camera = useThree((state) => state.camera)
  const [orbiting, setOrbiting] = useState(false)
  const eyes = useMemo(() => ({ from: createEye(), to: createEye() }), [])
  const last = useRef<{ kind?: CameraKind; take: number; glide: number }>({ take: -1, glide: 1 })

  useFrame((_, seconds) => {
    if (!(camera instanceof PerspectiveCamera) || !lane.moment) return
    const before = last.current
    if (kind !== before.kind) {
      beginGlide(eyes.from, camera)
      before.glide = still || before.kind === undefined ? 1 : 0
      before.kind = kind
      setOrbiting(false)
    } else if (orbiting) return
    // A new episode is a cut, not a flight across the island.
    if (lane.take !== before.take) before.glide = before.take < 0 ? before.glide : 1
    before.take = lane.take
    before.glide = Math.min(1, before.glide + Math.min(0.05, seconds) / GLIDE_SECONDS)
    placeEye(kind, lane, camera.aspect, eyes.to)
    lookThrough(camera, eyes.from, eyes.to, before.glide)
    if (kind === 'orbit' && before.glide === 1) setOrbiting(true)
  })

  const withKeys = useCallback(
    (controls: Orbit | null) => {
      if (controls && track.current) return orbitByKeys(controls, track.current)
    },
    [track],
  )

  if (!orbiting || kind !== 'orbit' || !track.current) return null
  return (
    <OrbitControls
      ref={withKeys}
      domElement={track.current}
      target={ORBIT_CENTRE}
      enableDamping={!still}
      minDistance={8}
      maxDistance={90}
      maxPolarAngle={1.5}
      enablePan={false}
    />
  )
}

function beginGlide(from: Eye, camera: PerspectiveCamera): void {
  from.position.copy(camera.position)
  from.quaternion.copy(camera.quaternion)
  from.fov = camera.fov
  from.near = camera.near
}
