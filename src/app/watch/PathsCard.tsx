import { Text } from '@mantine/core'
import { PlanMap } from '../map/PlanMap.tsx'
import classes from './Card.module.css'

/** Where the agents have walked, from above: the paper's figure of trajectories, growing. */
export function PathsCard() {
  return (
    <section className={`${classes.card} ${classes.paths}`} aria-labelledby="paths-title">
      <h2 className={classes.title} id="paths-title">
        Paths
      </h2>
      <div className={classes.map}>
        <PlanMap />
      </div>
      <Text size="xs" c="dimmed">
        Seen from above, in the colour of the stage. Crosses are the four spawns.
      </Text>
    </section>
  )
}
