import { Box, Text } from '@mantine/core'
import { useTraining } from '../stores/training.ts'
import badge from '../ui/HeaderBadge.module.css'
import classes from './TrainingBadge.module.css'

/** Badge on every page during training, with the run's progress and a link to the Train page. */
export function TrainingBadge({ here }: { readonly here: boolean }) {
  const percent = useTraining(({ live }) => live && Math.floor(100 * live.progress))
  const paused = useTraining(({ live }) => live?.phase === 'paused')
  if (percent === undefined) return null
  const words = paused ? 'Paused' : 'Training'
  return (
    <Box
      component="a"
      className={badge.badge ?? ''}
      // The Train page shows the progress itself, and its navigation link needs the space.
      {...(here ? { visibleFrom: 'sm' } : {})}
      href="#/train"
      aria-label={`${words}, ${percent} % done`}
      aria-current={here ? 'page' : undefined}
    >
      <span className={classes.dot} data-paused={paused || undefined} />
      <Text size="sm" component="span" visibleFrom="sm">
        {words}
      </Text>{' '}
      {percent} %
    </Box>
  )
}
