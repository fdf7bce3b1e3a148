import { useFrame } from '@react-three/fiber'
import { useMemo, useRef } from 'react'
import { AdditiveBlending, Color, type InstancedMesh, Object3D } from 'three'
import type { Jumppad, World } from '../../island/index.ts'
import { type LiveLane, live } from '../stores/live.ts'
import { GLOWING } from './glowing.ts'
import { Instances, type Placed } from './Instances.tsx'
import { SLOPE } from './jumppad-geometry.ts'
import type { Models } from './models.ts'
import type { SceneLook } from './scene-look.ts'
import { flash, panelKick } from './spring.ts'

function placedOf({ jumppads }: World): readonly Placed[] {
  return jumppads.map(({ x, z, yaw }) => ({ x, y: 0, z, yaw, radius: 1, height: 1 }))
}

/** Positions of the arrows' tips as shares of the slope's length. */
const ARROWS = [0.26, 0.53, 0.8] as const

interface JumppadsProps {
  readonly world: World
  readonly lane: LiveLane
  readonly look: SceneLook
  readonly models: Models
}

/** Renders the jumppads. The one that was reached kicks, flashes and sends a ring over the ground. */
export function Jumppads({ world, lane, look, models }: JumppadsProps) {
  const placed = useMemo(() => placedOf(world), [world])
  const pads = placed.length
  const panels = useRef<InstancedMesh>(null)
  const arrows = useRef<InstancedMesh>(null)
  const rings = useRef<InstancedMesh>(null)
  const columns = useRef<InstancedMesh>(null)
  const frame = useMemo(() => look.stripe.clone().lerp(look.slope, 0.16), [look])
  const draw = useMemo(createPainter, [])
  useFrame(() => {
    const meshes = [panels.current, arrows.current, rings.current, columns.current]
    const [panel, arrow, ring, column] = meshes
    if (!panel || !arrow || !ring || !column) return
    const outcome = lane.moment?.to.outcome
    world.jumppads.forEach((pad, index) => {
      const since = pad.name === outcome ? lane.launched : undefined
      draw.panel(panel, pad, index, since)
      draw.arrows(arrow, pad, index, since, look.stripe)
      draw.ring(ring, pad, index, since, look.slope)
      draw.column(column, pad, index, since, look.slope)
    })
    for (const mesh of meshes) {
      if (!mesh) continue
      mesh.instanceMatrix.needsUpdate = true
      if (mesh.instanceColor) mesh.instanceColor.needsUpdate = true
    }
  })
  return (
    <>
      <Instances geometry={models.rampFrame} placed={placed}>
        <meshStandardMaterial color={frame} vertexColors roughness={0.6} />
      </Instances>
      <instancedMesh
        ref={panels}
        args={[models.rampPanel, undefined, pads]}
        castShadow
        receiveShadow
        frustumCulled={false}
      >
        <meshStandardMaterial
          color={look.slope}
          emissive={look.slope}
          emissiveIntensity={0.22}
          roughness={0.45}
        />
      </instancedMesh>
      <instancedMesh
        ref={arrows}
        args={[models.rampArrow, undefined, pads * ARROWS.length]}
        frustumCulled={false}
      >
        <meshBasicMaterial />
      </instancedMesh>
      <instancedMesh
        ref={rings}
        args={[models.glowRing, undefined, pads]}
        frustumCulled={false}
        renderOrder={4}
      >
        <meshBasicMaterial {...GLOWING} blending={AdditiveBlending} />
      </instancedMesh>
      <instancedMesh
        ref={columns}
        args={[models.glowColumn, undefined, pads]}
        frustumCulled={false}
        renderOrder={5}
      >
        <meshBasicMaterial {...GLOWING} blending={AdditiveBlending} />
      </instancedMesh>
    </>
  )
}

const GLOW = new Color('#fff6cf')

/** Returns functions that write one pad's matrices and colours; `since` is in seconds since the touch. */
function createPainter() {
  const pivot = new Object3D()
  const part = new Object3D()
  pivot.rotation.order = 'YXZ'
  const tint = new Color()
  /** Puts the pivot on the hinge at the slope's foot. */
  const hinge = ({ x, z, yaw }: Jumppad, since: number | undefined) => {
    const back = SLOPE.length * Math.cos(SLOPE.angle) * 0.5
    pivot.position.set(x + Math.sin(yaw) * back, 0.03, z + Math.cos(yaw) * back)
    pivot.rotation.set(SLOPE.angle + panelKick(since), yaw, 0)
  }
  const flat = ({ x, z }: Jumppad, y: number, radius: number, height: number) => {
    part.position.set(x, y, z)
    part.scale.set(radius, height, radius)
    part.updateMatrix()
  }
  return {
    panel(mesh: InstancedMesh, pad: Jumppad, index: number, since: number | undefined) {
      hinge(pad, since)
      pivot.updateMatrix()
      mesh.setMatrixAt(index, pivot.matrix)
      mesh.setColorAt(index, tint.setScalar(1 + 0.7 * flash(since)))
    },
    arrows(
      mesh: InstancedMesh,
      pad: Jumppad,
      index: number,
      since: number | undefined,
      stripe: Color,
    ) {
      hinge(pad, since)
      pivot.updateMatrix()
      ARROWS.forEach((share, i) => {
        part.position.set(0, 0, -share * SLOPE.length)
        part.scale.set(1, 1, 1)
        part.updateMatrix()
        part.matrix.premultiply(pivot.matrix)
        const wave = Math.max(0, Math.sin(live.time * 4.2 - i * 1.15)) ** 3
        const lit = Math.max(0.85 * wave, flash(since))
        mesh.setMatrixAt(index * ARROWS.length + i, part.matrix)
        mesh.setColorAt(index * ARROWS.length + i, tint.copy(stripe).lerp(GLOW, lit))
      })
    },
    ring(
      mesh: InstancedMesh,
      pad: Jumppad,
      index: number,
      since: number | undefined,
      slope: Color,
    ) {
      const breath = 0.5 + 0.5 * Math.sin(live.time * 2.1)
      flat(pad, 0.045, 2.55 + 0.12 * breath + 5 * Math.min(1, since ?? 0), 1)
      mesh.setMatrixAt(index, part.matrix)
      const strength = since === undefined ? 0.22 + 0.16 * breath : flash(since)
      mesh.setColorAt(index, tint.copy(slope).multiplyScalar(strength))
    },
    column(
      mesh: InstancedMesh,
      pad: Jumppad,
      index: number,
      since: number | undefined,
      slope: Color,
    ) {
      const burst = flash(since)
      flat(pad, 0, 1.5, 6 * burst)
      mesh.setMatrixAt(index, part.matrix)
      mesh.setColorAt(index, tint.copy(slope).multiplyScalar(0.22 * burst))
    },
  }
}
