import { useThree } from '@react-three/fiber'
import { useEffect, useMemo } from 'react'
import { FogExp2, Object3D } from 'three'
import type { SceneLook } from './scene-look.ts'
import { CENTRE } from './views.ts'

interface SunlightProps {
  readonly look: SceneLook
  readonly shadows: boolean
  /** Share of the episode's haze: none from high above. */
  readonly haze: number
}

/** Half the side of the square that shadows are cast in, around the island's centre; metres. */
const SHADOW_HALF = 30
const SUN_DISTANCE = 70

/** Sun, sky light, haze and exposure of the episode. */
export function Sunlight({ look, shadows, haze }: SunlightProps) {
  const scene = useThree((state) => state.scene)
  const target = useMemo(() => {
    const object = new Object3D()
    object.position.copy(CENTRE)
    return object
  }, [])
  useEffect(() => {
    // Views share the renderer, but each has an exposure of its own.
    scene.onBeforeRender = (renderer) => {
      renderer.toneMappingExposure = look.exposure
    }
    scene.fog = new FogExp2(look.horizon, look.fogDensity * haze)
    return () => {
      scene.fog = null
    }
  }, [scene, look, haze])
  const position = useMemo(() => look.sun.clone().multiplyScalar(SUN_DISTANCE).add(CENTRE), [look])
  return (
    <>
      <primitive object={target} />
      <directionalLight
        position={position}
        target={target}
        color={look.sunColour}
        intensity={look.sunIntensity}
        castShadow={shadows}
        shadow-mapSize={[2048, 2048]}
        shadow-bias={-0.0004}
        shadow-normalBias={0.03}
        shadow-radius={3}
      >
        <orthographicCamera
          attach="shadow-camera"
          args={[-SHADOW_HALF, SHADOW_HALF, SHADOW_HALF, -SHADOW_HALF, 1, 2 * SUN_DISTANCE]}
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
