import { useMemo } from 'react'
import { HOME } from '../../island/index.ts'
import { Instances, type Placed } from './Instances.tsx'
import type { Models } from './models.ts'
import type { SceneLook } from './scene-look.ts'

const PILLARS: readonly Placed[] = HOME.obstacles.map(({ x, z, radius, height }) => ({
  x,
  y: 0,
  z,
  yaw: x + z,
  radius,
  height,
}))

interface SolidsProps {
  readonly look: SceneLook
  readonly models: Models
}

/** Renders the four obstacles. */
export function Solids({ look, models }: SolidsProps) {
  // Stone is slightly less colourful here than in the agent's frames, which show it from afar.
  const side = useMemo(() => look.obstacleSide.clone().lerp(look.cliff, 0.12), [look])
  return (
    <>
      <Instances geometry={models.pillarShaft} placed={PILLARS}>
        <meshStandardMaterial color={side} vertexColors roughness={0.9} />
      </Instances>
      <Instances geometry={models.pillarCap} placed={PILLARS}>
        <meshStandardMaterial color={look.obstacleTop} vertexColors roughness={0.85} />
      </Instances>
    </>
  )
}
