/** Geometry that is the same in every view and for every episode. */
import { useEffect, useMemo } from 'react'
import { bridges, cliffs, landTop, shorelines } from './land.ts'
import { shoreMap } from './shore-map.ts'
import {
  bush,
  firCrown,
  pillarSide,
  pillarTop,
  rampBody,
  rock,
  treeCrown,
  trunk,
} from './solids.ts'

export type Models = ReturnType<typeof buildModels>

function buildModels() {
  const shores = shorelines()
  return {
    shoreMap: shoreMap(shores),
    top: landTop(shores),
    cliffs: cliffs(shores),
    bridges: bridges(),
    pillarSide: pillarSide(),
    pillarTop: pillarTop(),
    ramp: rampBody(),
    bush: bush(),
    tree: treeCrown(),
    fir: firCrown(),
    rock: rock(),
    'sea rock': rock(),
    trunk: trunk(),
  }
}

/** Built once for a canvas, and freed with it. */
export function useModels(): Models {
  const models = useMemo(buildModels, [])
  useEffect(() => () => Object.values(models).forEach((model) => void model.dispose()), [models])
  return models
}
