import { useFrame } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import { type Group, type Mesh, MeshStandardMaterial } from 'three'
import { drawnPosition, type LiveLane, live } from '../stores/live.ts'
import { BlobShadow } from './BlobShadow.tsx'
import { figure, JOINTS } from './figure.ts'
import { createGait, walk } from './gait.ts'
import type { SceneLook } from './scene-look.ts'

interface CharacterProps {
  readonly lane: LiveLane
  readonly look: SceneLook
  /** Whether it needs a shadow of its own, because the sun casts none. */
  readonly blob: boolean
}

/** The one who acts. Reads its lane in every frame. */
export function Character({ lane, look, blob }: CharacterProps) {
  const { skin, shirt, trousers, pack } = look
  const parts = useMemo(
    () => figure({ skin, shirt, trousers, pack }),
    [skin, shirt, trousers, pack],
  )
  useEffect(
    () => () => Object.values(parts).forEach((geometry) => void geometry.dispose()),
    [parts],
  )
  const material = useMemo(
    () => new MeshStandardMaterial({ vertexColors: true, roughness: 0.7 }),
    [],
  )
  const limbs = useRef<Record<string, Group | Mesh | null>>({})
  const hold = (name: string) => (object: Group | Mesh | null) => {
    limbs.current[name] = object
  }
  usePosture(lane, limbs.current)
  const shared = { material, castShadow: true, receiveShadow: true }
  return (
    <group ref={hold('root')} visible={false}>
      {blob ? <BlobShadow lane={lane} /> : null}
      <group ref={hold('body')} position-y={JOINTS.hip}>
        <mesh {...shared} geometry={parts.torso} />
        <mesh
          {...shared}
          geometry={parts.head}
          ref={hold('head')}
          position-y={JOINTS.neck - JOINTS.hip}
        />
        {SIDES.map(({ name, sign }) => (
          <group
            key={name}
            ref={hold(`arm${name}`)}
            position={[sign * 0.33, JOINTS.shoulder - JOINTS.hip - 0.02, 0]}
          >
            <mesh {...shared} geometry={parts.arm} />
            {name === 'Right' ? (
              <mesh
                {...shared}
                geometry={parts.blade}
                ref={hold('blade')}
                position={[0, -0.5, -0.04]}
                visible={false}
              />
            ) : null}
          </group>
        ))}
      </group>
      {SIDES.map(({ name, sign }) => (
        <group key={name} ref={hold(`leg${name}`)} position={[sign * 0.13, JOINTS.hip, 0]}>
          <mesh {...shared} geometry={parts.thigh} />
          <group ref={hold(`knee${name}`)} position-y={JOINTS.knee - JOINTS.hip}>
            <mesh {...shared} geometry={parts.shin} />
          </group>
        </group>
      ))}
    </group>
  )
}

const SIDES = [
  { name: 'Left', sign: -1 },
  { name: 'Right', sign: 1 },
] as const

/** Puts every limb where the lane's pose wants it, sixty times a second. */
function usePosture(lane: LiveLane, limbs: Record<string, Group | Mesh | null>): void {
  const gait = useMemo(createGait, [])
  const place = useMemo(() => ({ x: 0, y: 0, z: 0 }), [])
  const covered = useRef({ metres: 0, x: 0, z: 0, facing: 0, take: -1 })
  useFrame(() => {
    const { root, body } = limbs
    if (!root || !body || !lane.moment) return
    const { pose } = lane
    const walked = covered.current
    const step = Math.hypot(pose.x - walked.x, pose.z - walked.z)
    if (step < 2) walked.metres += step
    walked.x = pose.x
    walked.z = pose.z
    drawnPosition(lane, place)
    walk(pose, walked.metres, lane.launched, live.time, gait)
    root.visible = true
    root.position.set(place.x, place.y, place.z)
    root.rotation.y = pose.facing
    body.position.y = JOINTS.hip + gait.bob
    body.rotation.set(gait.lean, gait.twist, 0)
    turn(limbs.head, gait.headNod - gait.lean * 0.5, -gait.twist, 0)
    turn(limbs.armLeft, gait.armLeft, 0, -gait.armsOut)
    turn(limbs.armRight, gait.armRight, gait.sweep, gait.armsOut)
    turn(limbs.legLeft, gait.legLeft, 0, 0)
    turn(limbs.legRight, gait.legRight, 0, 0)
    turn(limbs.kneeLeft, gait.kneeLeft, 0, 0)
    turn(limbs.kneeRight, gait.kneeRight, 0, 0)
    if (limbs.blade) limbs.blade.visible = pose.attack > 0
  })
}

function turn(limb: Group | Mesh | null | undefined, x: number, y: number, z: number): void {
  limb?.rotation.set(x, y, z)
}
