import { useFrame, useThree } from '@react-three/fiber'
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { PerspectiveCamera } from 'three'
import { OrbitControls } from 'three/addons/controls/OrbitControls.js'
import type { World } from '../../island/index.ts'
import type { LiveLane } from '../stores/live.ts'
import type { CameraKind } from '../stores/watch-settings.ts'
import { orbitByKeys } from './orbit-keys.ts'
import { createEye, type Eye, lookThrough, orbitCentreOf, placeEye } from './views.ts'

interface CameraRigProps {
  readonly kind: CameraKind
  readonly lane: LiveLane
  /** Element on which the visitor controls the orbit camera. */
  readonly track: RefObject<HTMLElement | null>
  /** Whether to cut instead of gliding from one camera to the next. */
  readonly still: boolean
}

const GLIDE_SECONDS = 0.9

/** Moves the camera according to `kind`: follows the character, looks down, or lets the visitor orbit. */
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

  if (!orbiting || kind !== 'orbit' || !track.current) return null
  return <HeldCamera element={track.current} world={lane.world} still={still} />
}

interface HeldCameraProps {
  readonly element: HTMLElement
  readonly world: World
  readonly still: boolean
}

/** Lets the visitor turn the camera around the island by input on `element`. */
function HeldCamera({ element, world, still }: HeldCameraProps) {
  const camera = useThree((state) => state.camera)
  const invalidate = useThree((state) => state.invalidate)
  const controls = useMemo(() => new OrbitControls(camera), [camera])
  useEffect(() => {
    controls.target.copy(orbitCentreOf(world))
    Object.assign(controls, {
      ...{ minDistance: 8, maxDistance: 90, maxPolarAngle: 1.5, enablePan: false },
      enableDamping: !still,
    } satisfies Partial<OrbitControls>)
    controls.connect(element)
    // Needed where frames are rendered only on demand.
    const draw = () => invalidate()
    controls.addEventListener('change', draw)
    const endKeys = orbitByKeys(controls, element)
    return () => {
      endKeys()
      controls.removeEventListener('change', draw)
      controls.dispose()
    }
  }, [controls, element, world, still, invalidate])
  useFrame(() => void controls.update(), -1)
  return null
}

function beginGlide(from: Eye, camera: PerspectiveCamera): void {
  from.position.copy(camera.position)
  from.quaternion.copy(camera.quaternion)
  from.fov = camera.fov
  from.near = camera.near
}
