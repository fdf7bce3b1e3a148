import { useFrame } from '@react-three/fiber'
import { useEffect, useMemo, useRef } from 'react'
import { type Group, type Mesh, MeshStandardMaterial } from 'three'
import { drawnPosition, type LiveLane } from '../stores/live.ts'
import type { CameraKind } from '../stores/watch-settings.ts'
import { BlobShadow } from './BlobShadow.tsx'
import { figure, JOINTS } from './figure.ts'
import type { Footing } from './footing.ts'
import { createGait, type Gait, walk } from './gait.ts'
import { Swoosh } from './Swoosh.tsx'
import type { SceneLook } from './scene-look.ts'

interface CharacterProps {
  readonly lane: LiveLane
  readonly footing: Footing
  readonly look: SceneLook
  /** Whether to draw a blob shadow, because the sun casts none. */
  readonly blob: boolean
  readonly camera: CameraKind
}

type Limbs = Record<string, Group | Mesh | null>

/** Scale of the character for each camera: from above the whole island it would be 15 pixels tall. */
const SCALES: Record<CameraKind, number> = { chase: 1, orbit: 1, map: 2.4 }

/** Height of the body's middle, the pivot of tumbles, in metres above the feet. */
const MIDDLE = 0.95

/** Renders the character; reads its lane in every frame. */
export function Character({ lane, footing, look, blob, camera }: CharacterProps) {
  const parts = useMemo(() => figure(look), [look])
  useEffect(
    () => () => Object.values(parts).forEach((geometry) => void geometry.dispose()),
    [parts],
  )
  const material = useMemo(
    () => new MeshStandardMaterial({ vertexColors: true, roughness: 0.7 }),
    [],
  )
  const limbs = useRef<Limbs>({})
  const hold = (name: string) => (object: Group | Mesh | null) => {
    limbs.current[name] = object
  }
  usePosture(lane, footing, limbs.current)
  const shared = { material, castShadow: true, receiveShadow: true }
  return (
    <group ref={hold('root')} visible={false} scale={SCALES[camera]}>
      {blob ? <BlobShadow lane={lane} /> : null}
      <Swoosh lane={lane} />
      <group ref={hold('tumble')} position-y={MIDDLE}>
        <group ref={hold('stretch')} position-y={-MIDDLE}>
          <group ref={hold('body')} position-y={JOINTS.hip}>
            <mesh {...shared} geometry={parts.torso} />
            <mesh
              {...shared}
              geometry={parts.head}
              ref={hold('head')}
              position-y={JOINTS.neck - JOINTS.hip}
            />
            <mesh
              {...shared}
              geometry={parts.scarf}
              ref={hold('scarf')}
              position={[0, JOINTS.neck - JOINTS.hip - 0.02, 0.14]}
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
      </group>
    </group>
  )
}

const SIDES = [
  { name: 'Left', sign: -1 },
  { name: 'Right', sign: 1 },
] as const

/** Moves every limb to the lane's pose in every frame. */
function usePosture(lane: LiveLane, footing: Footing, limbs: Limbs): void {
  const gait = useMemo(createGait, [])
  const place = useMemo(() => ({ x: 0, y: 0, z: 0 }), [])
  useFrame(() => {
    const { root, blade } = limbs
    if (!root || !lane.moment) return
    drawnPosition(lane, place)
    walk(lane.pose, footing, gait)
    root.visible = true
    root.position.set(place.x, place.y, place.z)
    root.rotation.y = lane.pose.facing
    pose(limbs, gait)
    if (blade) blade.visible = lane.pose.attack > 0
  })
}

function pose(limbs: Limbs, gait: Gait): void {
  const { body, stretch } = limbs
  turn(limbs.tumble, gait.tumble, 0, 0)
  // Squashing widens the body, so that its volume stays the same.
  const width = 1 / Math.sqrt(gait.stretch)
  stretch?.scale.set(width, gait.stretch, width)
  if (body) body.position.y = JOINTS.hip + gait.bob
  turn(body, gait.lean, gait.twist, 0)
  turn(limbs.head, gait.headNod - gait.lean * 0.5, -gait.twist, 0)
  turn(limbs.scarf, Math.PI / 2 - gait.scarf, 0.3 * gait.twist, 0)
  turn(limbs.armLeft, gait.armLeft, 0, -gait.armsOut)
  turn(limbs.armRight, gait.armRight, gait.sweep, gait.armsOut)
  turn(limbs.legLeft, gait.legLeft, 0, 0)
  turn(limbs.legRight, gait.legRight, 0, 0)
  turn(limbs.kneeLeft, gait.kneeLeft, 0, 0)
  turn(limbs.kneeRight, gait.kneeRight, 0, 0)
}

function turn(limb: Group | Mesh | null | undefined, x: number, y: number, z: number): void {
  limb?.rotation.set(x, y, z)
}
