import { useEffect, useMemo } from 'react'
import { Color, DoubleSide, MeshBasicMaterial } from 'three'
import { type Look, SEA_LEVEL } from '../../island/index.ts'
import { GLOWING } from './glowing.ts'
import { grain } from './grain.ts'
import { GULLS, GullMaterial } from './gull.ts'
import { Instances, type Placed } from './Instances.tsx'
import type { Models } from './models.ts'
import { colour, type SceneLook } from './scene-look.ts'
import { SwayMaterial } from './sway-material.ts'

interface SceneryProps {
  readonly look: Look
  readonly seen: SceneLook
  readonly models: Models
  /** Whether to show details that are too small for the agent's frames. */
  readonly fine: boolean
}

/** Renders plants and rocks: the episode's own scenery, and finer details around it. */
export function Scenery({ look, seen, models, fine }: SceneryProps) {
  const materials = useMemo(createMaterials, [])
  useEffect(
    () => () => Object.values(materials).forEach((material) => void material.dispose()),
    [materials],
  )
  const groups = useMemo(
    () => [...episodeGroups(look), surf(look, seen), ...(fine ? fineGroups(seen, models) : [])],
    [look, seen, models, fine],
  )
  return (
    <>
      {groups.map(({ name, model, material, placed, castShadow }) =>
        placed.length > 0 ? (
          <Instances
            key={`${name} ${look.seed}`}
            geometry={models[model]}
            placed={placed}
            castShadow={castShadow}
          >
            <primitive object={materials[material]} attach="material" />
          </Instances>
        ) : null,
      )}
      {fine ? (
        <instancedMesh args={[models.gull, undefined, GULLS]} frustumCulled={false}>
          <primitive object={materials.gull} attach="material" />
        </instancedMesh>
      ) : null}
    </>
  )
}

function createMaterials() {
  return {
    stiff: new SwayMaterial(0),
    crown: new SwayMaterial(0.06),
    surf: new MeshBasicMaterial(GLOWING),
    grass: new SwayMaterial(0.5, { side: DoubleSide }),
    gull: new GullMaterial(),
  }
}

interface Group {
  readonly name: string
  readonly model: 'bush' | 'tree' | 'fir' | 'rock' | 'trunk' | 'tuft' | 'flower' | 'glowRing'
  readonly material: 'stiff' | 'crown' | 'grass' | 'surf'
  readonly placed: readonly Placed[]
  readonly castShadow: boolean
}

const BARK = new Color('#6b5138')

/** Returns the scenery that the agent sees too. */
function episodeGroups(look: Look): Group[] {
  const all = look.scenery.map((item, i) => ({ ...item, yaw: 2.4 * i, colour: leaf(item.tint) }))
  const stems = all.filter(({ kind }) => kind === 'tree' || kind === 'fir')
  const stones = all.filter(({ kind }) => kind === 'rock' || kind === 'sea rock')
  return [
    ...(['bush', 'tree', 'fir'] as const).map(
      (kind): Group => ({
        name: kind,
        model: kind,
        material: 'crown',
        placed: all.filter((item) => item.kind === kind),
        castShadow: true,
      }),
    ),
    {
      name: 'trunks',
      model: 'trunk',
      material: 'stiff',
      placed: stems.map((item) => ({ ...item, colour: BARK })),
      castShadow: true,
    },
    { name: 'rocks', model: 'rock', material: 'stiff', placed: stones, castShadow: true },
  ]
}

/** Returns the foam around rocks in the sea, which the sea's shader does not draw. */
function surf({ scenery }: Look, { sea }: SceneLook): Group {
  const placed = scenery
    .filter(({ kind }) => kind === 'sea rock')
    .map(({ x, z, radius }, i) => ({
      x,
      y: SEA_LEVEL + 0.03,
      z,
      yaw: i,
      radius: 1.08 * radius,
      height: 1,
      colour: sea.foam,
    }))
  return { name: 'surf', model: 'glowRing', material: 'surf', placed, castShadow: false }
}

/** Returns the details that are too small for the agent's frames. */
function fineGroups(seen: SceneLook, { places }: Models): Group[] {
  const { middle, light } = seen.ground
  const tone = (i: number) => middle.clone().lerp(light, grain(i, 91)).multiplyScalar(1.12)
  const petals = [seen.pack, seen.shirt, seen.slope].map((tint) =>
    tint.clone().lerp(new Color(1, 1, 1), 0.35),
  )
  const share = <T,>(items: readonly T[]) => items.slice(0, Math.round(seen.growth * items.length))
  return [
    {
      name: 'tufts',
      model: 'tuft',
      material: 'grass',
      placed: share(places.tufts).map((place, i) => ({ ...place, colour: tone(i) })),
      castShadow: false,
    },
    {
      name: 'flowers',
      model: 'flower',
      material: 'grass',
      placed: share(places.flowers).map((place, i) => ({
        ...place,
        ...withColour(petals[Math.floor(i / 8) % petals.length]),
      })),
      castShadow: false,
    },
    {
      name: 'boulders',
      model: 'rock',
      material: 'stiff',
      placed: places.boulders.map((place, i) => ({
        ...place,
        colour: seen.cliff.clone().multiplyScalar(0.75 + 0.5 * grain(i, 92)),
      })),
      castShadow: false,
    },
  ]
}

function withColour(tint: Color | undefined): { colour?: Color } {
  return tint ? { colour: tint } : {}
}

function leaf(tint: readonly [number, number, number]): Color {
  return colour(tint).lerp(new Color(1, 1, 1), 0.04)
}
