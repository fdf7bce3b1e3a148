import { Text } from '@mantine/core'
import { lanePainter } from '../map/lane-painter.ts'
import { MapCanvas } from '../map/MapCanvas.tsx'
import { live } from '../stores/live.ts'
import classes from './Card.module.css'
import { Section } from './Section.tsx'

const everybody = lanePainter(() => live.lanes)

/** Where the agents have walked, from above: the paper's figure of trajectories, growing. */
export function PathsCard() {
  return (
    <Section title="Paths">
      <div className={classes.map}>
        <MapCanvas
          painter={everybody}
          label="Map of the island seen from above, with the paths of all agents"
        />
      </div>
      <Text size="xs" c="dimmed">
        Seen from above, in the colour of the stage. Crosses are the four spawns.
      </Text>
    </Section>
  )
}
