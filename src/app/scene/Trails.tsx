import { useFrame } from '@react-three/fiber'
import { useMemo, useRef } from 'react'
import { DoubleSide, MeshBasicMaterial } from 'three'
import type { LiveLane } from '../stores/live.ts'
import type { CameraKind } from '../stores/watch-settings.ts'
import { layRibbons, ribbonGeometry } from './ribbon.ts'

/** Maximum number of segments of the current trail, and of all past trails together. */
const PRESENT_PIECES = 110
const PAST_PIECES = 4_400

/** Trail width in metres for each camera: wider for those farther away. */
const WIDTHS: Record<CameraKind, number> = { chase: 0.2, orbit: 0.28, map: 0.4 }

interface TrailsProps {
  readonly lane: LiveLane
  readonly camera: CameraKind
}

/** Renders the path of this episode and, more faintly, earlier ones, in the colour of their stage. */
export function Trails({ lane, camera }: TrailsProps) {
  const built = useMemo(
    () => ({
      present: ribbonGeometry(PRESENT_PIECES),
      past: ribbonGeometry(PAST_PIECES),
      material: new MeshBasicMaterial({
        vertexColors: true,
        transparent: true,
        depthWrite: false,
        side: DoubleSide,
        toneMapped: false,
        polygonOffset: true,
        polygonOffsetFactor: -2,
        polygonOffsetUnits: -2,
      }),
    }),
    [],
  )
  const drawn = useRef({ x: 0, z: 0, take: -1, past: -1, camera })
  useFrame(() => {
    const last = drawn.current
    const { x, z } = lane.pose
    const moved = camera !== last.camera
    last.camera = camera
    const width = WIDTHS[camera]
    if (moved || x !== last.x || z !== last.z || lane.take !== last.take) {
      layRibbons(built.present, [lane.trail], { width, height: 0.035, opacity: () => 0.92 })
      last.x = x
      last.z = z
      last.take = lane.take
    }
    if (moved || lane.pastVersion !== last.past) {
      const { length: count } = lane.past
      const opacity = (index: number) => 0.14 + (0.4 * (index + 1)) / count
      layRibbons(built.past, lane.past, { width: 0.7 * width, height: 0.025, opacity })
      last.past = lane.pastVersion
    }
  })
  return (
    <>
      <mesh geometry={built.past} material={built.material} frustumCulled={false} renderOrder={1} />
      <mesh
        geometry={built.present}
        material={built.material}
        frustumCulled={false}
        renderOrder={2}
      />
    </>
  )
}
