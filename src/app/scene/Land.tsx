import { useFrame } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import { Color } from 'three'
import { SEA_LEVEL } from '../../island/index.ts'
import { live } from '../stores/live.ts'
import { GroundMaterial } from './ground-material.ts'
import { bridges, cliffs, landTop, shorelines } from './land.ts'
import type { SceneLook } from './scene-look.ts'
import { SeaMaterial } from './sea-material.ts'
import { shoreMap } from './shore-map.ts'
import { SkyMaterial } from './sky-material.ts'

/** What never changes from episode to episode; only its materials do. */
function build(plain: boolean) {
  const shores = shorelines()
  const map = shoreMap(shores)
  return {
    top: landTop(shores),
    cliffs: cliffs(shores),
    bridges: bridges(),
    ground: new GroundMaterial(map, plain),
    sea: new SeaMaterial(map, plain),
    sky: new SkyMaterial(plain),
  }
}

const WOOD = new Color('#8a6a48')

interface LandProps {
  readonly look: SceneLook
  /** Simpler surfaces, for machines that find it hard. */
  readonly plain: boolean
}

/** Land, sea and sky. */
export function Land({ look, plain }: LandProps) {
  const built = useMemo(() => build(plain), [plain])
  useEffect(() => {
    built.ground.show(look)
    built.sea.show(look)
    built.sky.show(look)
  }, [built, look])
  useFrame(() => {
    built.sea.time = live.time
    built.sky.time = live.time
  })
  const planks = useMemo(() => WOOD.clone().lerp(look.platform.middle, 0.35), [look])
  return (
    <>
      <mesh geometry={built.top} material={built.ground} receiveShadow />
      <mesh geometry={built.cliffs} castShadow receiveShadow>
        <meshStandardMaterial color={look.cliff} vertexColors roughness={1} flatShading />
      </mesh>
      <mesh geometry={built.bridges} castShadow receiveShadow>
        <meshStandardMaterial color={planks} vertexColors roughness={0.9} />
      </mesh>
      <mesh
        material={built.sea}
        position-y={SEA_LEVEL}
        rotation-x={-Math.PI / 2}
        frustumCulled={false}
      >
        <planeGeometry args={[1200, 1200]} />
      </mesh>
      <mesh material={built.sky} frustumCulled={false} renderOrder={-1}>
        <sphereGeometry args={[10, 32, 24]} />
      </mesh>
    </>
  )
}
