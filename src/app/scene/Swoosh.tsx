import { useFrame } from '@react-three/fiber'
import { useMemo, useRef } from 'react'
import { BufferAttribute, DoubleSide, type Mesh, type MeshBasicMaterial, RingGeometry } from 'three'
import type { LiveLane } from '../stores/live.ts'

const SWING_SECONDS = 0.5

/** Start and end of the blade's cut as shares of a swing. */
const CUT = { from: 0.24, to: 0.72 } as const

/** Returns an arc of a ring (2.6 rad) that fades inwards and towards the start of the swing. */
function crescent(): RingGeometry {
  const ring = new RingGeometry(0.75, 1.45, 20, 2, -0.2, 2.6)
  const positions = ring.getAttribute('position')
  const colours = new Float32Array(4 * positions.count).fill(1)
  for (let i = 0; i < positions.count; i++) {
    const x = positions.getX(i)
    const y = positions.getY(i)
    const along = (Math.atan2(y, x) + 0.2) / 2.6
    const outer = (Math.hypot(x, y) - 0.75) / 0.7
    colours[4 * i + 3] = 0.85 * along * outer
  }
  ring.setAttribute('color', new BufferAttribute(colours, 4))
  return ring
}

/** Renders the trace of a sword swing in the air. */
export function Swoosh({ lane }: { readonly lane: LiveLane }) {
  const mesh = useRef<Mesh>(null)
  const material = useRef<MeshBasicMaterial>(null)
  const geometry = useMemo(crescent, [])
  useFrame(() => {
    if (!mesh.current || !material.current) return
    const { attack } = lane.pose
    const part = attack > 0 ? 1 - attack / SWING_SECONDS : 0
    const cut = (part - CUT.from) / (CUT.to - CUT.from)
    mesh.current.visible = cut > 0 && cut < 1
    mesh.current.rotation.z = 0.5 - 2.2 + 2.2 * Math.min(1, 1.6 * cut)
    material.current.opacity = 0.9 * (1 - cut)
  })
  return (
    <group position={[0, 1.05, 0]} rotation={[-Math.PI / 2 + 0.3, 0.25, 0]}>
      <mesh ref={mesh} geometry={geometry} visible={false} renderOrder={6}>
        <meshBasicMaterial
          ref={material}
          vertexColors
          transparent
          depthWrite={false}
          side={DoubleSide}
          toneMapped={false}
        />
      </mesh>
    </group>
  )
}
