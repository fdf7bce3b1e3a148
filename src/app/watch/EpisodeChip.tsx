import { EPISODE_DECISIONS } from '../../island/index.ts'
import { stageName, stageVariable } from '../stages.ts'
import { useWatch } from '../stores/watch.ts'
import { useWatchSettings } from '../stores/watch-settings.ts'
import classes from './Stage.module.css'

/** Which episode this is and how far it has come. */
export function EpisodeChip() {
  const { seed } = useWatchSettings()
  const decisions = useWatch((state) => state.decisions)
  const playing = useWatch((state) => state.playing)
  const status = useWatch((state) => state.status)
  const stage = useWatch((state) => state.opened?.stage)
  return (
    <div className={classes.chip}>
      <div className={classes.chipLine}>
        {stage ? (
          <span className={classes.chipStage}>
            <span className={classes.dot} style={{ background: stageVariable(stage) }} />
            {stageName(stage)}
          </span>
        ) : null}
        <span>Seed {seed}</span>
        {status === 'ready' && !playing ? <span className={classes.paused}>Paused</span> : null}
      </div>
      <div className={classes.chipLine}>
        <span aria-hidden="true">Decision</span>
        <span role="timer" aria-label="Decisions of this episode" aria-live="off">
          {decisions}
        </span>
        <span className={classes.faint}>of {EPISODE_DECISIONS}</span>
      </div>
      <div className={classes.progress} aria-hidden="true">
        <div
          className={classes.progressBar}
          style={{
            transform: `scaleX(${decisions / EPISODE_DECISIONS})`,
            background: stage ? stageVariable(stage) : undefined,
          }}
        />
      </div>
    </div>
  )
}
