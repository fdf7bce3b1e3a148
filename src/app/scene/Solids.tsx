import { useFrame } from '@react-three/fiber'
import { useMemo } from 'react'
import { Color, MeshBasicMaterial } from 'three'
import { JUMPPADS, type Look, OBSTACLES } from '../../island/index.ts'
import { live } from '../stores/live.ts'
import { Instances, type Placed } from './Instances.tsx'
import type { Models } from './models.ts'
import { colour, type SceneLook } from './scene-look.ts'
import { rampArrow } from './solids.ts'

const PILLARS: readonly Placed[] = OBSTACLES.map(({ x, z, radius, height }) => ({
  x,
  y: 0,
  z,
  yaw: x,
  radius,
  height,
}))

const RAMPS: readonly Placed[] = JUMPPADS.map(({ x, z, yaw }) => ({
  x,
  y: 0,
  z,
  yaw,
  radius: 1,
  height: 1,
}))

interface SolidsProps {
  readonly look: SceneLook
  readonly models: Models
}

/** The four obstacles and the three jumppads. */
export function Solids({ look, models }: SolidsProps) {
  return (
    <>
      <Instances geometry={models.pillarSide} placed={PILLARS}>
        <meshStandardMaterial color={look.obstacleSide} roughness={0.85} flatShading />
      </Instances>
      <Instances geometry={models.pillarTop} placed={PILLARS}>
        <meshStandardMaterial color={look.obstacleTop} roughness={0.85} />
      </Instances>
      <Instances geometry={models.ramp} placed={RAMPS}>
        <meshStandardMaterial
          color={look.slope}
          emissive={look.slope}
          emissiveIntensity={0.18}
          roughness={0.5}
          flatShading
        />
      </Instances>
      <RampArrows stripe={look.stripe} />
    </>
  )
}

/** Places of the arrows' points along the slope. */
const ARROWS = [-0.15, 0.4, 0.95]

/** Dark arrows, one after the other lighting up towards where the pad throws. */
function RampArrows({ stripe }: { readonly stripe: Color }) {
  const built = useMemo(
    () =>
      ARROWS.map((along) => ({ geometry: rampArrow(along), material: new MeshBasicMaterial() })),
    [],
  )
  const glow = useMemo(() => new Color('#fff6cf'), [])
  useFrame(() => {
    built.forEach(({ material }, i) => {
      const wave = Math.max(0, Math.sin(live.time * 4.2 - i * 1.15))
      material.color.copy(stripe).lerp(glow, 0.85 * wave ** 3)
    })
  })
  return built.map(({ geometry, material }, i) => (
    <Instances
      // biome-ignore lint/suspicious/noArrayIndexKey: arrows never change their order
      key={i}
      geometry={geometry}
      placed={RAMPS}
      castShadow={false}
    >
      <primitive object={material} attach="material" />
    </Instances>
  ))
}

const BARK = new Color('#6b5138')

interface SceneryProps {
  readonly look: Look
  readonly models: Models
}

/** Foliage and rocks of the episode. */
export function Scenery({ look, models }: SceneryProps) {
  const groups = useMemo(() => {
    const all = look.scenery.map((item, i) => ({ ...item, yaw: 2.4 * i, colour: leaf(item.tint) }))
    return (['bush', 'tree', 'fir', 'rock', 'sea rock'] as const).map((kind) => ({
      kind,
      placed: all.filter((item) => item.kind === kind),
    }))
  }, [look])
  const trunks = groups.flatMap(({ kind, placed }) =>
    kind === 'tree' || kind === 'fir' ? placed.map((item) => ({ ...item, colour: BARK })) : [],
  )
  return (
    <>
      {[...groups, { kind: 'trunk' as const, placed: trunks }].map(({ kind, placed }) =>
        placed.length > 0 ? (
          <Instances key={`${kind} ${look.seed}`} geometry={models[kind]} placed={placed}>
            <meshStandardMaterial vertexColors roughness={0.95} flatShading />
          </Instances>
        ) : null,
      )}
    </>
  )
}

function leaf(tint: readonly [number, number, number]): Color {
  return colour(tint).lerp(new Color(1, 1, 1), 0.04)
}
