import { useFrame } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import { Color } from 'three'
import { SEA_LEVEL } from '../../island/index.ts'
import { live } from '../stores/live.ts'
import { GroundMaterial } from './ground-material.ts'
import type { Models } from './models.ts'
import type { SceneLook } from './scene-look.ts'
import { SeaMaterial } from './sea-material.ts'
import { SkyMaterial } from './sky-material.ts'
import { wind } from './sway-material.ts'

const WOOD = new Color('#8a6a48')

interface LandProps {
  readonly look: SceneLook
  readonly models: Models
  /** Whether to use simpler surfaces, for slow machines. */
  readonly plain: boolean
}

/** Renders land, sea and sky. */
export function Land({ look, models, plain }: LandProps) {
  const built = useMemo(() => {
    const { shore } = models
    return {
      ground: new GroundMaterial(shore, plain),
      sea: new SeaMaterial(shore, plain),
      sky: new SkyMaterial(plain),
    }
  }, [models, plain])
  useEffect(() => {
    built.ground.show(look)
    built.sea.show(look)
    built.sky.show(look)
  }, [built, look])
  useFrame(() => {
    built.sea.time = live.time
    built.sky.time = live.time
    wind.value = live.time
  })
  const planks = useMemo(() => WOOD.clone().lerp(look.platform.middle, 0.35), [look])
  return (
    <>
      <mesh geometry={models.top} material={built.ground} receiveShadow />
      <mesh geometry={models.cliffs} castShadow receiveShadow>
        <meshStandardMaterial color={look.cliff} vertexColors roughness={1} />
      </mesh>
      <mesh geometry={models.bridges} castShadow receiveShadow>
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
