import { useFrame } from '@react-three/fiber'
import { useMemo, useRef } from 'react'
import { Color, type InstancedMesh, Object3D, Vector3 } from 'three'
import { SEA_LEVEL } from '../../island/index.ts'
import { type LiveLane, live } from '../stores/live.ts'
import type { Footing, Incident } from './footing.ts'
import { grain } from './grain.ts'
import type { Models } from './models.ts'
import type { SceneLook } from './scene-look.ts'

const MOST = 36

/** Burst of dust or drops: speeds outwards and up in m/s, size in m, lifetime in s, gravity in m/s². */
interface Burst {
  readonly count: number
  readonly out: number
  readonly up: number
  readonly size: number
  readonly life: number
  readonly fall: number
}

const BURSTS: Partial<Record<Incident, Burst>> = {
  step: { count: 1, out: 0.3, up: 0.5, size: 0.07, life: 0.35, fall: 0.6 },
  leap: { count: 4, out: 1.1, up: 0.5, size: 0.1, life: 0.4, fall: 0.6 },
  land: { count: 7, out: 1.7, up: 0.5, size: 0.12, life: 0.45, fall: 0.6 },
  throw: { count: 12, out: 2.6, up: 2.2, size: 0.16, life: 0.7, fall: 2 },
  splash: { count: 18, out: 1.5, up: 5, size: 0.13, life: 1, fall: 11 },
}

interface Puff {
  readonly place: Vector3
  readonly speed: Vector3
  burst: Burst
  born: number
}

interface PuffsProps {
  readonly lane: LiveLane
  readonly footing: Footing
  readonly look: SceneLook
  readonly models: Models
}

/** Renders dust under the feet, and drops where the character falls into the sea. */
export function Puffs({ lane, footing, look, models }: PuffsProps) {
  const ref = useRef<InstancedMesh>(null)
  const puffs = useMemo<Puff[]>(() => [], [])
  const serial = useRef(0)
  const stand = useMemo(() => new Object3D(), [])
  const dust = useMemo(() => look.ground.light.clone().lerp(new Color(1, 1, 1), 0.25), [look])
  useFrame(() => {
    const mesh = ref.current
    if (!mesh) return
    for (const incident of footing.incidents) {
      const burst = BURSTS[incident]
      if (!burst) continue
      const tint = incident === 'splash' ? look.sea.foam : dust
      const at = incident === 'splash' ? moment(lane) : lane.pose
      const foot = incident === 'splash' ? SEA_LEVEL : Math.max(0, lane.pose.y)
      for (let i = 0; i < burst.count; i++) {
        const slot = serial.current++ % MOST
        puffs[slot] = newPuff(burst, at, foot, serial.current)
        mesh.setColorAt(slot, tint)
      }
      if (mesh.instanceColor) mesh.instanceColor.needsUpdate = true
    }
    mesh.visible = drawPuffs(mesh, puffs, stand)
  })
  return (
    <instancedMesh
      ref={ref}
      args={[models.puff, undefined, MOST]}
      visible={false}
      frustumCulled={false}
    >
      <meshStandardMaterial roughness={1} flatShading />
    </instancedMesh>
  )
}

/** Returns the character's position before it fell into the sea. */
function moment({ moment: shown, pose }: LiveLane): { x: number; z: number } {
  return shown?.from ?? pose
}

function newPuff(burst: Burst, { x, z }: { x: number; z: number }, y: number, salt: number): Puff {
  const turn = 2 * Math.PI * grain(salt, 3)
  const out = burst.out * (0.5 + 0.5 * grain(salt, 4))
  const up = burst.up * (0.5 + 0.5 * grain(salt, 5))
  return {
    place: new Vector3(x + 0.15 * Math.cos(turn), y + 0.06, z + 0.15 * Math.sin(turn)),
    speed: new Vector3(out * Math.cos(turn), up, out * Math.sin(turn)),
    burst,
    born: live.time,
  }
}

/** Moves every puff to its current position; returns false if none is left. */
function drawPuffs(mesh: InstancedMesh, puffs: readonly Puff[], stand: Object3D): boolean {
  let any = false
  for (let slot = 0; slot < MOST; slot++) {
    const puff = puffs[slot]
    const age = puff ? live.time - puff.born : 0
    const part = puff ? age / puff.burst.life : 1
    if (puff && part >= 0 && part < 1) {
      any = true
      const { place, speed, burst } = puff
      stand.position.copy(place).addScaledVector(speed, age)
      stand.position.y -= 0.5 * burst.fall * age * age
      stand.scale.setScalar(burst.size * (0.5 + Math.sqrt(part)) * (1 - part * part))
    } else stand.scale.setScalar(0)
    stand.updateMatrix()
    mesh.setMatrixAt(slot, stand.matrix)
  }
  mesh.instanceMatrix.needsUpdate = true
  return any
}
