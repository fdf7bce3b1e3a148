import { SegmentedControl } from '@mantine/core'
import { useId, useMemo, useState } from 'react'
import { PARTING_WINDOW } from '../../../evaluation/parting.ts'
import type { TrainingPlan } from '../../../procedure/training/plan.ts'
import type { Curves } from '../../../storage/run-record.ts'
import kit from '../../ui/kit.module.css'
import { lazyPart } from '../../ui/lazy-part.tsx'
import classes from './Parting.module.css'
import { type CourseAxis, courseOf, ownPlayOf, partingPoint, partingWords } from './parting-data.ts'
import { useSteady } from './use-steady.ts'

/** Charts, loaded after the page, as the chart library is a large part of the code. */
const PartingPlot = lazyPart(
  () => import('./PartingPlot.tsx'),
  <p className={`${kit.pending} ${classes.plots}`}>Loading the charts…</p>,
)

/** Milliseconds by which redraws are delayed, so that they fall between those of other charts. */
const DELAY_MS = 1_050

const AXES: readonly { readonly value: CourseAxis; readonly label: string }[] = [
  { value: 'update', label: 'Updates' },
  { value: 'kl', label: 'KL' },
]

interface PartingProps {
  readonly plan: TrainingPlan
  readonly curves: Curves
}

/**
 * Learned reward, what is really preferred where that is known, and KL on a common axis, with the point where
 * they part. Renders nothing where the policy does not learn from its own play, or has not yet.
 */
export function Parting({ plan, curves }: PartingProps) {
  const titleId = useId()
  const [axis, setAxis] = useState<CourseAxis>('update')
  const drawn = useSteady(ownPlayOf(plan, curves)?.curve.length ?? 0, DELAY_MS)
  // biome-ignore lint/correctness/useExhaustiveDependencies: lists only grow, so their length says all
  const course = useMemo(() => courseOf(plan, curves), [drawn])
  if (course === undefined || course.points.length < 2) return null
  const { isStyle, aims } = course
  const parted = partingPoint(course) !== undefined
  return (
    <section className={kit.stack} data-tight aria-labelledby={titleId}>
      <header className={kit.head}>
        <h3 className={kit.cardTitle} id={titleId}>
          Learned reward and {aims.length === 0 ? 'KL' : isStyle ? 'style' : 'outcome'}
        </h3>
        <SegmentedControl
          size="xs"
          aria-label="Horizontal axis"
          data={[...AXES]}
          value={axis}
          onChange={setAxis}
        />
      </header>
      <p className={classes.words} data-parted={parted || undefined}>
        {partingWords(course)}
      </p>
      <PartingPlot course={course} axis={axis} />
      <p className={kit.small}>
        Faint lines are single updates, strong ones means of {PARTING_WINDOW}.{' '}
        {aims.length === 0
          ? null
          : `They part where what is preferred ends more than four standard errors from its best value while the reward still rises; the mark is the last update within one standard error of that value. Training never sees the outcome${isStyle ? ' or the style' : ''}.`}
      </p>
    </section>
  )
}
