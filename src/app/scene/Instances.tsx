import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { type BufferGeometry, type Color, type InstancedMesh, Object3D } from 'three'

/** Position, yaw and size of one instance. */
export interface Placed {
  readonly x: number
  readonly y: number
  readonly z: number
  readonly yaw: number
  readonly radius: number
  readonly height: number
  readonly colour?: Color
}

interface InstancesProps {
  readonly geometry: BufferGeometry
  readonly placed: readonly Placed[]
  readonly castShadow?: boolean
  /** The material. */
  readonly children: ReactNode
}

/** Renders all instances in one draw call. */
export function Instances({ geometry, placed, castShadow = true, children }: InstancesProps) {
  const ref = useRef<InstancedMesh>(null)
  useLayoutEffect(() => {
    const mesh = ref.current
    if (!mesh) return
    const stand = new Object3D()
    placed.forEach(({ x, y, z, yaw, radius, height, colour }, i) => {
      stand.position.set(x, y, z)
      stand.rotation.set(0, yaw, 0)
      stand.scale.set(radius, height, radius)
      stand.updateMatrix()
      mesh.setMatrixAt(i, stand.matrix)
      if (colour) mesh.setColorAt(i, colour)
    })
    mesh.instanceMatrix.needsUpdate = true
    if (mesh.instanceColor) mesh.instanceColor.needsUpdate = true
    mesh.computeBoundingSphere()
  }, [placed])
  return (
    <instancedMesh
      ref={ref}
      args={[geometry, undefined, placed.length]}
      castShadow={castShadow}
      receiveShadow
    >
      {children}
    </instancedMesh>
  )
}
