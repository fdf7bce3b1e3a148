import { stageName } from '../../../procedure/model-stages.ts'
import { TrajectoryMap } from '../../replay/TrajectoryMap.tsx'
import { percent } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import { LOADING_CHART, lazyPart } from '../../ui/lazy-part.tsx'
import classes from '../FewLabels.module.css'
import { shareOf, trainingSentence, verdictSentence } from '../words.ts'
import type { StepProps } from './step-props.ts'

const TrainingCurves = lazyPart(() => import('../TrainingCurves.tsx'), LOADING_CHART)

/** Shows the training on the rewards update by update, and the paths before and after it. */
export function TrainingStep({ data, run }: StepProps) {
  const { agent, prefer, worldVersion } = data
  const before = stageName(agent.stage)
  const after = `the agent trained on ${run.labels} labels`
  return (
    <>
      <p className={classes.words}>
        Then the agent practised: it played, the reward model scored each episode, and what scored
        well became more likely. Training knows nothing but this score. Watch the score, and where
        the agent goes.
      </p>
      <div className={kit.card}>
        <TrainingCurves run={run} prefer={prefer} />
      </div>
      <div className={classes.maps} data-count="2">
        <figure className={kit.stack} data-tight>
          <TrajectoryMap
            stage={agent.stage}
            episodes={agent.episodes}
            worldVersion={worldVersion}
          />
          <figcaption className={kit.small}>
            Before: {percent(shareOf(agent, prefer))} % {prefer}
          </figcaption>
        </figure>
        <figure className={kit.stack} data-tight>
          <TrajectoryMap
            stage={`aligned-${prefer}`}
            name={after}
            episodes={run.episodes}
            worldVersion={worldVersion}
          />
          <figcaption className={kit.small}>
            After: {percent(shareOf(run, prefer))} % {prefer}
          </figcaption>
        </figure>
      </div>
      <p className={classes.words}>{trainingSentence(data, run)}</p>
      <p className={classes.words}>
        <strong>{verdictSentence(data, run)}</strong>
      </p>
      <p className={kit.small}>
        “Before” is the agent “{before}”. Both maps show the first {run.episodes.length} of the{' '}
        {run.table.episodes} fresh episodes, from the same starts.
      </p>
    </>
  )
}
