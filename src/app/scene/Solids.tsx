import { useMemo } from 'react'
import type { World } from '../../island/index.ts'
import { Instances, type Placed } from './Instances.tsx'
import type { Models } from './models.ts'
import type { SceneLook } from './scene-look.ts'

function placedOf({ obstacles }: World): readonly Placed[] {
  return obstacles.map(({ x, z, radius, height }) => ({ x, y: 0, z, yaw: x + z, radius, height }))
}

interface SolidsProps {
  readonly world: World
  readonly look: SceneLook
  readonly models: Models
}

/** Renders the obstacles. */
export function Solids({ world, look, models }: SolidsProps) {
  const placed = useMemo(() => placedOf(world), [world])
  // Stone is slightly less colourful here than in the agent's frames, which show it from afar.
  const side = useMemo(() => look.obstacleSide.clone().lerp(look.cliff, 0.12), [look])
  return (
    <>
      <Instances geometry={models.pillarShaft} placed={placed}>
        <meshStandardMaterial color={side} vertexColors roughness={0.9} />
      </Instances>
      <Instances geometry={models.pillarCap} placed={placed}>
        <meshStandardMaterial color={look.obstacleTop} vertexColors roughness={0.85} />
      </Instances>
    </>
  )
}
