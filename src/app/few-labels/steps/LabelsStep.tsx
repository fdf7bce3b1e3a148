import { stageName } from '../../../procedure/model-stages.ts'
import { countOf } from '../../ui/format.ts'
import kit from '../../ui/kit.module.css'
import classes from '../FewLabels.module.css'
import { PairMap } from '../PairMap.tsx'
import { againstSentence } from '../words.ts'
import type { StepProps } from './step-props.ts'

/** Shows the pairs in which the judge preferred a side, each on a map. */
export function LabelsStep({ data: { prefer, agent, worldVersion }, run }: StepProps) {
  const { labels, seed, answers, pairs = [] } = run
  const decided = pairs.filter(({ preferred }) => preferred !== undefined)
  return (
    <>
      <p className={classes.words}>
        The agent “{stageName(agent.stage)}” played clips. A synthetic judge, who prefers clips that
        reach the {prefer} jumppad, and sooner rather than later, compared them two at a time until
        it had preferred a side {labels} times. That took {countOf(answers.pairs, 'pair')}:{' '}
        {countOf(answers.ties, 'other was a tie', 'others were ties')}.
      </p>
      <p className={classes.words}>
        These are the {labels} decided pairs. {againstSentence(run, prefer)} What would you learn
        from them, if nobody had told you the rule?
      </p>
      <p className={`${kit.legend} ${kit.faint}`} data-small>
        <span className={kit.item}>
          <span className={kit.swatch} style={{ background: 'var(--stage-aligned)' }} />
          Preferred
        </span>
        <span className={kit.item}>
          <span className={kit.swatch} style={{ background: 'var(--stage-other)' }} />
          Not preferred
        </span>
      </p>
      <ol className={classes.pairs} aria-label={`The ${labels} decided pairs`}>
        {decided.map((pair, index) => (
          <PairMap
            key={`${pair.first.seed} ${pair.second.seed}`}
            pair={pair}
            name={`Pair ${index + 1} of ${labels}`}
            worldVersion={worldVersion}
          />
        ))}
      </ol>
      <p className={kit.small}>
        These are the labels of seed {seed}: of all seeds, the one whose agent goes {prefer} least
        often after {labels} labels. Step 4 shows the other seeds too.
      </p>
    </>
  )
}
