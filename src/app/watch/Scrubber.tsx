import { Slider } from '@mantine/core'
import { DECISION_SECONDS, EPISODE_DECISIONS } from '../../island/index.ts'
import { useWatch } from '../stores/watch.ts'
import kit from '../ui/kit.module.css'
import type { Playback } from './playback.ts'
import classes from './Scrubber.module.css'

/** Slider with the current decision, which seeks within the part of the episode already shown. */
export function Scrubber({ playback }: { readonly playback: Playback | undefined }) {
  const decisions = useWatch((state) => state.decisions)
  const furthest = useWatch((state) => state.furthest)
  const authors = useWatch((state) => state.authors)
  const takenOver = useWatch((state) => state.takenOver)
  return (
    <div className={classes.scrubber}>
      <div className={classes.rail}>
        <div className={classes.furthest} style={{ width: `${share(furthest)}%` }} />
        {humanRuns(authors.slice(0, furthest)).map(({ from, to }) => (
          <div
            key={from}
            className={classes.human}
            style={{ left: `${share(from)}%`, width: `${share(to - from)}%` }}
          />
        ))}
        <Slider
          size={6}
          min={0}
          max={EPISODE_DECISIONS}
          value={decisions}
          disabled={takenOver}
          onChange={(value) => playback?.seek(value)}
          label={(value) => `${(value * DECISION_SECONDS).toFixed(1)} s`}
          thumbLabel="Moment of the episode"
        />
      </div>
      <span className={classes.count}>
        <span role="timer" aria-label="Decisions of this episode" aria-live="off">
          {decisions}
        </span>
        <span className={kit.faint}> of {EPISODE_DECISIONS}</span>
      </span>
    </div>
  )
}

function share(decisions: number): number {
  return (100 * decisions) / EPISODE_DECISIONS
}

/** Returns the runs of consecutive human decisions as half-open ranges. */
function humanRuns(authors: string): { readonly from: number; readonly to: number }[] {
  return [...authors.matchAll(/h+/g)].map(({ index, 0: run }) => ({
    from: index,
    to: index + run.length,
  }))
}
