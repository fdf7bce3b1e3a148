import { useFrame } from '@react-three/fiber'
import { useMemo, useRef } from 'react'
import { BufferAttribute, CircleGeometry, type Mesh, MeshBasicMaterial } from 'three'
import type { LiveLane } from '../stores/live.ts'

const RADIUS = 0.55
const DARKNESS = 0.42

/** Returns a dark disc that fades towards its rim. */
function softDisc(): CircleGeometry {
  const disc = new CircleGeometry(RADIUS, 24).rotateX(-Math.PI / 2)
  const { count } = disc.getAttribute('position')
  const colours = new Float32Array(4 * count)
  // All vertices are black; only the first one, the centre, is not transparent.
  colours[3] = DARKNESS
  disc.setAttribute('color', new BufferAttribute(colours, 4))
  return disc
}

/** Renders a shadow where the character stands or will land, for scenes without sun shadows. */
export function BlobShadow({ lane }: { readonly lane: LiveLane }) {
  const ref = useRef<Mesh>(null)
  const built = useMemo(
    () => ({
      disc: softDisc(),
      material: new MeshBasicMaterial({
        vertexColors: true,
        transparent: true,
        depthWrite: false,
        polygonOffset: true,
        polygonOffsetFactor: -4,
        polygonOffsetUnits: -4,
      }),
    }),
    [],
  )
  useFrame(() => {
    const { pose, launched } = lane
    if (!ref.current) return
    ref.current.position.y = 0.05 - pose.y
    ref.current.visible = pose.y > -0.1 && launched === undefined
  })
  return <mesh ref={ref} geometry={built.disc} material={built.material} renderOrder={3} />
}
