/** Geometry and the shore map of an island, which are the same in every view and for every episode. */
import { useEffect, useMemo } from 'react'
import { BufferGeometry, IcosahedronGeometry } from 'three'
import type { World } from '../../island/index.ts'
import { bush, firCrown, flower, rock, treeCrown, trunk, tuft } from './foliage.ts'
import { gull } from './gull.ts'
import { glowColumn, glowRing, rampArrow, rampFrame, rampPanel } from './jumppad-geometry.ts'
import { bridges, cliffs, landTop, shorelines } from './land.ts'
import { pillarCap, pillarShaft } from './pillar.ts'
import { shoreMap } from './shore-map.ts'
import { undergrowth } from './undergrowth.ts'

export type Models = ReturnType<typeof buildModels>

function buildModels(world: World) {
  const shores = shorelines(world)
  return {
    shore: shoreMap(world, shores),
    top: landTop(shores),
    cliffs: cliffs(shores),
    bridges: bridges(world),
    pillarShaft: pillarShaft(),
    pillarCap: pillarCap(),
    rampFrame: rampFrame(),
    rampPanel: rampPanel(),
    rampArrow: rampArrow(),
    glowRing: glowRing(),
    glowColumn: glowColumn(),
    bush: bush(),
    tree: treeCrown(),
    fir: firCrown(),
    rock: rock(),
    trunk: trunk(),
    tuft: tuft(),
    flower: flower(),
    gull: gull(),
    puff: new IcosahedronGeometry(1, 1),
    places: undergrowth(world, shores),
  }
}

/** Builds the models of a world once per canvas and disposes of them with it. */
export function useModels(world: World): Models {
  const models = useMemo(() => buildModels(world), [world])
  useEffect(
    () => () => {
      for (const model of Object.values(models)) {
        if (model instanceof BufferGeometry) model.dispose()
      }
      models.shore.texture.dispose()
    },
    [models],
  )
  return models
}
