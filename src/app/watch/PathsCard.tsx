import { Text } from '@mantine/core'
import { lanePainter } from '../map/lane-painter.ts'
import { MapCanvas } from '../map/MapCanvas.tsx'
import { MapFrame } from '../map/MapFrame.tsx'
import { live } from '../stores/live.ts'
import { useWatchedWorld } from '../stores/watch.ts'
import { FoldedCard } from '../ui/FoldedCard.tsx'

const everybody = lanePainter(() => live.lanes)

/** Renders the agents' paths from above: a live version of the paper's figure of trajectories. */
export function PathsCard() {
  const world = useWatchedWorld()
  return (
    <FoldedCard title="Paths">
      <MapFrame>
        <MapCanvas
          painter={everybody}
          world={world}
          label="Map of the island seen from above, with the paths of all agents"
        />
      </MapFrame>
      <Text size="xs" c="dimmed">
        Seen from above, in the colour of the stage. Crosses are the spawns.
      </Text>
    </FoldedCard>
  )
}
