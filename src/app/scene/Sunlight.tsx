import { useThree } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import { FogExp2, Object3D } from 'three'
import type { World } from '../../island/index.ts'
import type { SceneLook } from './scene-look.ts'
import { centreOf } from './views.ts'

interface SunlightProps {
  readonly world: World
  readonly look: SceneLook
  /** Side of the square shadow map in texels; 0 for no shadows. */
  readonly shadowTexels: number
  /** Share of the episode's haze, less from high above. */
  readonly haze: number
}

/** Least half side, in metres, of the square around the island's centre in which shadows are cast. */
const SHADOW_HALF = 30
const SUN_DISTANCE = 70

/** Renders the sun and sky light of the episode, and sets its haze and exposure. */
export function Sunlight({ world, look, shadowTexels, haze }: SunlightProps) {
  const scene = useThree((state) => state.scene)
  const centre = useMemo(() => centreOf(world), [world])
  const target = useMemo(() => {
    const object = new Object3D()
    object.position.copy(centre)
    return object
  }, [centre])
  useEffect(() => {
    // Views share the renderer, but each has its own exposure.
    scene.onBeforeRender = (renderer) => {
      renderer.toneMappingExposure = look.exposure
    }
    scene.fog = new FogExp2(look.horizon, look.fogDensity * haze)
    return () => {
      scene.fog = null
    }
  }, [scene, look, haze])
  const position = useMemo(
    () => look.sun.clone().multiplyScalar(SUN_DISTANCE).add(centre),
    [look, centre],
  )
  const { minX, maxX, minZ, maxZ } = world.bounds
  const half = Math.max(SHADOW_HALF, (maxX - minX) / 2 + 3, (maxZ - minZ) / 2 + 3)
  return (
    <>
      <primitive object={target} />
      <directionalLight
        // A light creates its shadow map and camera only once: another size needs a new light.
        key={`${shadowTexels} ${half}`}
        position={position}
        target={target}
        color={look.sunColour}
        intensity={look.sunIntensity}
        castShadow={shadowTexels > 0}
        shadow-mapSize={[shadowTexels, shadowTexels]}
        shadow-bias={-0.0004}
        shadow-normalBias={0.03}
        shadow-radius={3}
      >
        <orthographicCamera
          attach="shadow-camera"
          args={[-half, half, half, -half, 1, 2 * SUN_DISTANCE]}
        />
      </directionalLight>
      <hemisphereLight
        color={look.skyLight}
        groundColor={look.ground.middle}
        intensity={look.skyIntensity}
      />
    </>
  )
}
